"""The classes that WMI makes itself, as data.

WMI puts the system classes into every namespace (WmiSdk/wmi-system-classes). Each has a page of
its own in WmiSdk, `--win32provider` for `__Win32Provider`, with its superclass, properties, keys
and defaults. What the pages leave open: `__InstanceProviderRegistration` gives TRUE as the default
of SupportsEnumeration, its base class FALSE; the base class holds here, since nothing in the page
says that the property is declared again. Left out are methods, and the default of CreatorSID:
WMI sets it to whoever makes the instance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from mofkit.cim import (
    CimBoolean,
    CimClass,
    CimInteger,
    CimProperty,
    CimQualifier,
    CimType,
    CimValue,
)

__all__ = ["STANDARD_NAMESPACES", "known_classes", "system_classes"]

STANDARD_NAMESPACES: Final = (
    r"root",
    r"root\cimv2",
    r"root\cimv2\security",
    r"root\default",
    r"root\directory",
    r"root\directory\ldap",
    r"root\interop",
    r"root\microsoft",
    r"root\microsoft\windows",
    r"root\security",
    r"root\standardcimv2",
    r"root\subscription",
    r"root\wmi",
)
"""Namespaces that pages of WmiSdk use as there; `fresh` can be told others."""

_SYSTEM: Final = """
abstract __SystemClass
abstract __Provider : __SystemClass { key string Name }
__Win32Provider : __Provider {
    string ClientLoadableCLSID; string CLSID; sint32 Concurrency; string DefaultMachineName
    boolean Enabled; string HostingModel; sint32 ImpersonationLevel = 0
    boolean InitializeAsAdminFirst; sint32 InitializationReentrancy = 0
    datetime InitializationTimeoutInterval; datetime OperationTimeoutInterval
    boolean PerLocaleInitialization = FALSE; boolean PerUserInitialization = FALSE
    boolean Pure = TRUE; string SecurityDescriptor; boolean SupportsExplicitShutdown
    boolean SupportsExtendedStatus; boolean SupportsQuotas; boolean SupportsSendStatus
    boolean SupportsShutdown; boolean SupportsThrottling; datetime UnloadTimeout; uint32 Version }
abstract __ProviderRegistration : __SystemClass { __Provider ref provider }
abstract __ObjectProviderRegistration : __ProviderRegistration {
    sint32 InteractionType = 0; string[] QuerySupportLevels; boolean SupportsBatching
    boolean SupportsDelete = FALSE; boolean SupportsEnumeration = FALSE
    boolean SupportsGet = FALSE; boolean SupportsPut = FALSE; boolean SupportsTransactions }
__InstanceProviderRegistration : __ObjectProviderRegistration { key __Provider ref provider }
__ClassProviderRegistration : __ObjectProviderRegistration {
    key __Provider ref provider; datetime CacheRefreshInterval; boolean PerUserSchema
    boolean ReSynchroniseOnNamespaceOpen; string[] ReferencedSetQueries; string[] ResultSetQueries
    string[] UnsupportedQueries; uint32 Version }
__MethodProviderRegistration : __ProviderRegistration { key __Provider ref provider }
__PropertyProviderRegistration : __ProviderRegistration {
    key __Provider ref provider; boolean SupportsGet = FALSE; boolean SupportsPut = FALSE }
__EventProviderRegistration : __ProviderRegistration {
    key __Provider ref provider; string[] EventQueryList }
__EventConsumerProviderRegistration : __ProviderRegistration {
    key __Provider ref provider; string[] ConsumerClassNames }
__Namespace : __SystemClass { key string Name }
singleton __SystemSecurity : __SystemClass
abstract __CacheControl : __SystemClass
singleton __ObjectProviderCacheControl : __CacheControl { datetime ClearAfter }
singleton __EventProviderCacheControl : __CacheControl { datetime ClearAfter }
singleton __EventConsumerProviderCacheControl : __CacheControl { datetime ClearAfter }
singleton __EventSinkCacheControl : __CacheControl { datetime ClearAfter }
singleton __PropertyProviderCacheControl : __CacheControl { datetime ClearAfter }
singleton __ArbitratorConfiguration : __SystemClass {
    uint32 OutstandingTasksPerUser; uint32 OutstandingTasksTotal
    uint32 PermanentSubscriptionsPerUser
    uint32 PermanentSubscriptionsTotal; uint32 PollingInstructionsPerUser
    uint32 PollingInstructionsTotal; uint32 PollingMemoryPerUser; uint32 PollingMemoryTotal
    uint32 QuotaRetryCount; uint32 QuotaRetryWaitInterval; uint32 TaskThreadsPerUser
    uint32 TaskThreadsTotal; uint32 TemporarySubscriptionsPerUser
    uint32 TemporarySubscriptionsTotal; uint32 TotalCacheDisk; uint32 TotalCacheDiskPerTask
    uint32 TotalCacheDiskPerUser; uint32 TotalCacheMemory; uint32 TotalCacheMemoryPerTask
    uint32 TotalCacheMemoryPerUser; uint32 TotalUsers }
__ProviderHostQuotaConfiguration : __SystemClass {
    uint32 HandlesPerHost; uint64 MemoryAllHosts; uint64 MemoryPerHost; uint32 ProcessLimitAllHosts
    uint32 ThreadsPerHost }
abstract __IndicationRelated : __SystemClass
abstract __Event : __IndicationRelated { uint8[] SECURITY_DESCRIPTOR; uint64 TIME_CREATED }
abstract __ExtrinsicEvent : __Event
abstract __NamespaceOperationEvent : __Event { __Namespace object TargetNamespace }
__NamespaceCreationEvent : __NamespaceOperationEvent
__NamespaceDeletionEvent : __NamespaceOperationEvent
__NamespaceModificationEvent : __NamespaceOperationEvent { __Namespace object PreviousNamespace }
abstract __ClassOperationEvent : __Event { object TargetClass }
__ClassCreationEvent : __ClassOperationEvent
__ClassDeletionEvent : __ClassOperationEvent
__ClassModificationEvent : __ClassOperationEvent { object PreviousClass }
abstract __InstanceOperationEvent : __Event { object TargetInstance }
__InstanceCreationEvent : __InstanceOperationEvent
__InstanceDeletionEvent : __InstanceOperationEvent
__InstanceModificationEvent : __InstanceOperationEvent { object PreviousInstance }
__MethodInvocationEvent : __InstanceOperationEvent {
    string Method; __PARAMETERS object Parameters; boolean PreCall }
__AggregateEvent : __IndicationRelated { uint32 NumberOfEvents; object Representative }
__TimerEvent : __Event { uint32 NumFirings; string TimerId }
abstract __SystemEvent : __ExtrinsicEvent
abstract __EventDroppedEvent : __SystemEvent {
    object Event; __EventConsumer ref IntendedConsumer }
__EventQueueOverflowEvent : __EventDroppedEvent { uint32 CurrentQueueSize }
__ConsumerFailureEvent : __EventDroppedEvent {
    uint32 ErrorCode; string ErrorDescription; __ExtendedStatus object ErrorObject
    string ErrorSource }
abstract __EventGenerator : __IndicationRelated
abstract __TimerInstruction : __EventGenerator { boolean SkipIfPassed = FALSE; key string TimerId }
__AbsoluteTimerInstruction : __TimerInstruction { datetime EventDateTime }
__IntervalTimerInstruction : __TimerInstruction { uint32 IntervalBetweenEvents }
__TimerNextFiring : __IndicationRelated { sint64 NextEvent64BitTime; key string TimerId }
__EventFilter : __IndicationRelated {
    uint8[] CreatorSID; string EventAccess; string EventNamespace; key string Name; string Query
    string QueryLanguage }
abstract __EventConsumer : __IndicationRelated {
    uint8[] CreatorSID; string MachineName; uint32 MaximumQueueSize }
__FilterToConsumerBinding : __IndicationRelated {
    key __EventConsumer ref Consumer; uint8[] CreatorSID; uint32 DeliveryQoS
    boolean DeliverSynchronously = FALSE; key __EventFilter ref Filter
    boolean MaintainSecurityContext = FALSE; boolean SlowDownProviders = FALSE }
abstract __NotifyStatus { uint32 StatusCode }
__ExtendedStatus : __NotifyStatus {
    string Description; string Operation; string ParameterInfo; string ProviderName }
__Trustee {
    string Domain; string Name; uint8[] SID; uint32 SidLength; string SIDString
    uint64 TIME_CREATED }
__ACE {
    uint32 AccessMask; uint32 AceFlags; uint32 AceType; string GuidInheritedObjectType
    string GuidObjectType; uint64 TIME_CREATED; __Trustee object Trustee }
__SecurityDescriptor {
    uint32 ControlFlags; __ACE object[] DACL; __ACE object Group; __ACE object Owner
    __ACE object SACL; uint64 TIME_CREATED }
singleton __CIMOMIdentification : __SystemClass {
    string SetupDateTime; string VersionCurrentlyRunning; string VersionUsedToCreateDB
    string WorkingDirectory }
singleton __thisNAMESPACE : __SystemClass { uint8[] SECURITY_DESCRIPTOR }
abstract __PARAMETERS
"""

_STANDARD_CONSUMERS: Final = """
ActiveScriptEventConsumer : __EventConsumer {
    uint32 KillTimeout = 0; key string Name; string ScriptFileName; string ScriptingEngine
    string ScriptText }
CommandLineEventConsumer : __EventConsumer {
    string CommandLineTemplate; boolean CreateNewConsole = FALSE
    boolean CreateNewProcessGroup = TRUE; boolean CreateSeparateWowVdm = FALSE
    boolean CreateSharedWowVdm = FALSE; string DesktopName; string ExecutablePath
    uint32 FillAttribute; boolean ForceOffFeedback = FALSE; boolean ForceOnFeedback = FALSE
    uint32 KillTimeout = 0; key string Name; sint32 Priority = 32
    boolean RunInteractively = FALSE; uint32 ShowWindowCommand; boolean UseDefaultErrorMode = FALSE
    string WindowTitle; string WorkingDirectory; uint32 XCoordinate; uint32 XNumCharacters
    uint32 XSize; uint32 YCoordinate; uint32 YNumCharacters; uint32 YSize }
LogFileEventConsumer : __EventConsumer {
    string Filename; boolean IsUnicode; uint64 MaximumFileSize; key string Name; string Text }
NTEventLogEventConsumer : __EventConsumer {
    uint16 Category; uint32 EventID; uint32 EventType; string[] InsertionStringTemplates
    key string Name; string NameOfRawDataProperty; string NameOfUserSIDProperty
    uint32 NumberOfInsertionStrings; string SourceName; string UNCServerName }
SMTPEventConsumer : __EventConsumer {
    string BccLine; string CcLine; string FromLine; string[] HeaderFields; string Message
    key string Name; string ReplyToLine; string SMTPServer; string Subject; string ToLine }
"""
"""The standard consumers (WmiSdk/standard-consumer-classes): not in every namespace, so they have
their shape only where a file uses them as if they were there."""


def system_classes() -> Mapping[str, CimClass]:
    """Return the classes of every namespace, by lower-case name, superclasses first.

    >>> [found.name for found in system_classes()["__namespace"].properties]
    ['Name']
    """
    return _parsed(_SYSTEM)


def known_classes() -> Mapping[str, CimClass]:
    """Return classes of Windows whose pages say what they look like, by lower-case name."""
    return _parsed(_STANDARD_CONSUMERS)


_CLASS: Final = re.compile(r"(?:(abstract|singleton) )?(\w+)(?: : (\w+))?(?: \{([^}]*)\})?\n")
_MEMBER: Final = re.compile(
    r"(key )?(?:(\w+) (ref|object)|(\w+))(\[\])? (\w+)(?: = (\w+))?\s*(?:[;\n]|$)"
)


@cache
def _parsed(text: str) -> Mapping[str, CimClass]:
    """Return the classes of a list, each `form Name : Superclass { key type Name = default }`."""
    classes = [_class(*found.groups()) for found in _CLASS.finditer(text)]
    return {found.name.lower(): found for found in classes}


def _class(form: str | None, name: str, superclass: str | None, members: str | None) -> CimClass:
    qualifiers = () if form is None else (CimQualifier(form.capitalize()),)
    return CimClass(name, superclass, tuple(_properties(members or "")), qualifiers)


def _properties(members: str) -> Iterator[CimProperty]:
    for found in _MEMBER.finditer(members):
        key, class_name, kind, word, brackets, name, default = found.groups()
        cim_type = CimType(kind) if kind else CimType.of_word(word)
        yield CimProperty(
            name,
            cim_type,
            class_name or word,
            is_array=bool(brackets),
            default=_default(default),
            qualifiers=(CimQualifier("Key"),) if key else (),
        )


def _default(text: str | None) -> CimValue | None:
    if text is None:
        return None
    return CimInteger(int(text)) if text.isdigit() else CimBoolean(value=text == "TRUE")
