"""Every rule of the linter, a row each, in order of code.

A row says enough to decide whether the rule's module is worth importing for a file. `words` are
what a file must have one of (in lower case, as a whole token) for the rule to have anything to
say; of `key+wmi` it must have both. A rule without words is asked about every file. `dialects` are
the kinds of files it is for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from mofkit.linter.dialect import Dialect

if TYPE_CHECKING:
    from mofkit.linter.unit import Unit

__all__ = ["NOT_CHECKED", "REGISTRY", "SAID_ELSEWHERE", "Row"]

_ANY: Final = tuple(Dialect)
_WMI: Final = (Dialect.WMI,)


class Row(NamedTuple):
    """One rule.

    Attributes:
        module: below `mofkit.linter.rules`: `wdm.missing_guid`, whose class is `MissingGuid` and
            whose name is `missing-guid`.
        is_info: whether all it finds is information, so that it need not run unless that is wanted.
    """

    code: str
    module: str
    words: frozenset[str] = frozenset()
    dialects: tuple[Dialect, ...] = _ANY
    is_info: bool = False

    @property
    def name(self) -> str:
        """The rule's name."""
        return self.module.rpartition(".")[2].replace("_", "-")

    @property
    def class_name(self) -> str:
        """The name of the rule's class."""
        return self.name.title().replace("-", "")

    def applies_to(self, unit: Unit) -> bool:
        """Say whether the rule may have something to say about a unit."""
        if self.words and self.words.isdisjoint(unit.words) and not self._has_all_of(unit.words):
            return False
        return len(self.dialects) == len(_ANY) or unit.dialect in self.dialects

    def _has_all_of(self, there: frozenset[str]) -> bool:
        return any("+" in word and there.issuperset(word.split("+")) for word in self.words)


def _rows(words: str, dialects: tuple[Dialect, ...], *rules: str) -> tuple[Row, ...]:
    """Return the rows of rules given as `CODE family.module [word…]`, which share words.

    Behind the module may stand `(info)`: all that the rule finds is information.
    """
    rows = []
    for rule in rules:
        code, module, *own = rule.split()
        is_info = own[:1] == ["(info)"]
        own = own[is_info:]
        rows.append(Row(code, module, frozenset(own or words.split()), dialects, is_info))
    return tuple(rows)


_WDM: Final = _rows(
    "wmi",
    _ANY,
    "WDM101 wdm.missing_wmi provider",
    "WDM102 wdm.missing_dynamic",
    "WDM103 wdm.dynamic_and_static static+wmi",
    "WDM104 wdm.not_wmiprov dynamic+wmi",
    "WDM105 wdm.invalid_guid",
    "WDM106 wdm.duplicate_guid guid+wmi",
    "WDM107 wdm.locale_form locale+wmi",
    "WDM109 wdm.class_name_end",
    "WDM111 wdm.unknown_base",
    "WDM112 wdm.two_abstract_bases abstract+wmi",
    "WDM113 wdm.event_base",
    "WDM114 wdm.abstract_event_base abstract+wmi",
    "WDM117 wdm.event_too_large wmievent __extrinsicevent",
    "WDM201 wdm.missing_instance_name",
    "WDM202 wdm.missing_active",
    "WDM203 wdm.instance_name_no_key instancename+wmi",
    "WDM204 wdm.second_key key+wmi",
    "WDM205 wdm.required_item_not_read instancename+wmi active+wmi",
    "WDM206 wdm.required_item_with_id wmidataid",
    "WDM207 wdm.required_item_in_embedded instancename+wmi active+wmi",
    "WDM208 wdm.required_items_not_first instancename+wmi active+wmi",
    "WDM301 wdm.missing_data_id",
    "WDM302 wdm.data_id_gap wmidataid",
    "WDM304 wdm.item_type real32+wmi real64+wmi char16+wmi ref+wmi object+wmi",
    "WDM306 wdm.unsized_array",
    "WDM307 wdm.size_of_nothing wmisizeis",
    "WDM308 wdm.size_no_integer wmisizeis",
    "WDM309 wdm.size_after_array wmisizeis",
    "WDM310 wdm.max_len_of_no_string maxlen+wmi",
    "WDM312 wdm.time_stamp_type wmitimestamp",
    "WDM313 wdm.bit_map_mismatch bitmap+wmi bitvalues+wmi",
    "WDM314 wdm.value_map_mismatch valuemap+wmi",
    "WDM315 wdm.define_values definevalues+wmi",
    "WDM317 wdm.event_item wmieventtrigger wmieventrate",
    "WDM318 wdm.neither_read_nor_write",
    "WDM319 wdm.variable_before_fixed",
    "WDM320 wdm.embedded_class",
    "WDM401 wdm.method_id",
    "WDM403 wdm.method_not_implemented",
    "WDM404 wdm.method_result",
    "WDM405 wdm.parameter_direction wmimethodid",
    "WDM407 wdm.parameter_type wmimethodid",
    "WDM502 wdm.driver_namespace",
)

_ENC: Final = _rows("", _ANY, "ENC003 enc.mixed_encodings")

_EVT: Final = _rows(
    "__eventfilter",
    _ANY,
    "EVT001 evt.permanent_subscription __filtertoconsumerbinding",
    "EVT002 evt.script_consumer activescripteventconsumer",
    "EVT003 evt.script_consumer_source activescripteventconsumer",
    "EVT004 evt.command_consumer commandlineeventconsumer",
    "EVT005 evt.loose_executable activescripteventconsumer commandlineeventconsumer",
    "EVT006 evt.hidden_command activescripteventconsumer commandlineeventconsumer",
    "EVT007 evt.filter_query",
    "EVT008 evt.short_polling",
    (
        "EVT009 evt.subscription_elsewhere __eventfilter __filtertoconsumerbinding "
        "activescripteventconsumer commandlineeventconsumer logfileeventconsumer "
        "nteventlogeventconsumer smtpeventconsumer"
    ),
    "EVT010 evt.open_filter",
    "EVT011 evt.creator_differs creatorsid+__filtertoconsumerbinding",
    "EVT012 evt.synchronous_delivery deliversynchronously",
    "EVT013 evt.recovered_subscription instance+autorecover",
    "EVT014 evt.binding_of_nothing __filtertoconsumerbinding",
    "EVT015 evt.unused_consumer_property (info) createnewconsole desktopname",
)

_GEN: Final = _rows(
    "",
    _WMI,
    "GEN003 gen.false_qualifier key+false static+false",
    "GEN004 gen.invalid_name",
    "GEN005 gen.out_before_in out+in",
    "GEN007 gen.missing_description (info)",
)

_LOC: Final = _rows(
    "amendment",
    _ANY,
    "LOC001 loc.amendment_without_locale",
    "LOC002 loc.other_locale locale+amendment",
    "LOC003 loc.text_not_amended",
    "LOC004 loc.translated_structure",
    "LOC005 loc.missing_locale_namespace namespace",
    "LOC006 loc.amendment_pragma (info) pragma+amendment",
    "LOC007 loc.translation_count values+amendment bitvalues+amendment",
    "LOC008 loc.out_of_step (info) class",
)

_NSP: Final = _rows(
    "",
    _WMI,
    "NSP001 nsp.missing_namespace",
    "NSP002 nsp.missing_autorecover",
    "NSP003 nsp.late_autorecover (info) autorecover",
    "NSP004 nsp.recovered_without_namespace autorecover",
    "NSP006 nsp.failing_deletion fail+autorecover",
    "NSP007 nsp.deleted_class deleteclass",
    "NSP009 nsp.forced_update classflags",
    "NSP012 nsp.unknown_namespace namespace",
    "NSP013 nsp.several_namespaces (info) namespace",
)

_PRV: Final = _rows(
    "__win32provider",
    _WMI,
    "PRV001 prv.unregistered_provider __win32provider",
    (
        "PRV002 prv.registration_of_nothing __instanceproviderregistration "
        "__classproviderregistration __methodproviderregistration "
        "__propertyproviderregistration __eventproviderregistration "
        "__eventconsumerproviderregistration"
    ),
    "PRV003 prv.missing_clsid __win32provider",
    "PRV004 prv.clsid_form __win32provider",
    "PRV005 prv.sample_clsid __win32provider",
    "PRV006 prv.provider_twice __win32provider",
    "PRV007 prv.missing_hosting_model __win32provider",
    "PRV008 prv.unknown_hosting_model hostingmodel",
    "PRV009 prv.decoupled_noncom hostingmodel",
    "PRV010 prv.decoupled_kind __classproviderregistration __propertyproviderregistration",
    "PRV011 prv.decoupled_without_security hostingmodel",
    "PRV012 prv.security_without_effect securitydescriptor",
    "PRV013 prv.high_performance clientloadableclsid",
    (
        "PRV014 prv.unused_property concurrency initializationtimeoutinterval "
        "operationtimeoutinterval supportsexplicitshutdown supportsextendedstatus "
        "supportsquotas supportssendstatus supportsshutdown supportsthrottling "
        "cacherefreshinterval peruserschema resynchroniseonnamespaceopen supportsbatching "
        "supportstransactions"
    ),
    "PRV015 prv.impersonation_level impersonationlevel",
    "PRV016 prv.initialization_reentrancy initializationreentrancy",
    "PRV017 prv.provider_version version",
    "PRV018 prv.unload_timeout unloadtimeout",
    (
        "PRV019 prv.boolean_as_string __win32provider __instanceproviderregistration "
        "__classproviderregistration __methodproviderregistration "
        "__propertyproviderregistration __eventproviderregistration "
        "__eventconsumerproviderregistration"
    ),
    "PRV020 prv.query_support_level querysupportlevels",
    "PRV021 prv.interaction_type interactiontype",
    "PRV022 prv.supports_nothing __instanceproviderregistration __propertyproviderregistration",
    "PRV023 prv.event_query_list __eventproviderregistration",
    "PRV024 prv.consumer_class_names __eventconsumerproviderregistration",
    "PRV025 prv.class_provider_queries __classproviderregistration",
    "PRV026 prv.unknown_provider __win32provider",
    "PRV027 prv.dynamic_and_provider dynamic provider",
    "PRV028 prv.dynamic_key key dynamic",
    "PRV029 prv.methods_without_registration __win32provider",
    "PRV030 prv.alias_circle as",
    "PRV033 prv.unknown_system_property instance",
    "PRV034 prv.disabled_provider enabled",
    "PRV035 prv.impure_provider pure",
    "PRV036 prv.other_namespace __win32provider",
    "PRV037 prv.unused_provider __win32provider",
)

_SEC: Final = _rows(
    "__namespace",
    _ANY,
    "SEC001 sec.local_system_host hostingmodel",
    "SEC002 sec.identity_not_folded hostingmodel",
    "SEC003 sec.network_service_host (info) hostingmodel",
    "SEC010 sec.namespace_without_security",
    "SEC011 sec.lower_case_sddl namespacesecuritysddl",
    "SEC012 sec.invalid_sddl namespacesecuritysddl securitydescriptor eventaccess",
    "SEC013 sec.namespace_for_everyone namespacesecuritysddl",
    "SEC014 sec.remote_for_everyone namespacesecuritysddl",
    "SEC015 sec.inherited_by_namespaces (info) namespacesecuritysddl",
    "SEC016 sec.unencrypted_namespace __namespace requiresencryption",
    ("SEC017 sec.writing_provider (info) supportsput supportsdelete __methodproviderregistration"),
)

_STY: Final = _rows(
    "",
    _ANY,
    "STY001 sty.values_mismatch valuemap+values bitmap+bitvalues",
    "STY002 sty.missing_comma {",
    "STY003 sty.value_twice valuemap bitmap values bitvalues",
    "STY004 sty.value_map_entry valuemap",
    "STY005 sty.value_not_in_map valuemap",
    "STY006 sty.impossible_limits minvalue maxvalue minlen maxlen",
    "STY010 sty.surprising_base",
    "STY011 sty.unescaped_path",
    "STY012 sty.short_hex_escape",
    (
        "STY013 sty.padded_name valuemap values bitmap bitvalues provider override wmisizeis "
        "embeddedinstance guid modelcorrespondence mappingstrings units"
    ),
    "STY014 sty.joined_words (info) description",
    "STY020 sty.misspelled_qualifier [",
    "STY021 sty.misspelled_type class",
    "STY022 sty.misplaced_qualifier [",
    "STY023 sty.embedded_type embeddedinstance embeddedobject",
    "STY024 sty.association_ends association",
    "STY025 sty.misspelled_class instance class",
    "STY030 sty.idle_pragma pragma",
    "STY031 sty.unused_alias (info) as",
    "STY032 sty.comment_in_comment",
    "STY033 sty.stray_semicolon (info)",
    "STY040 sty.letter_case (info) class",
    "STY041 sty.class_without_schema (info) class",
    "STY042 sty.same_description (info) description",
)

REGISTRY: Final = (
    *_ENC,
    *_EVT,
    *_GEN,
    *_LOC,
    *_NSP,
    *_PRV,
    *_SEC,
    *_STY,
    *_WDM,
)
"""Every rule, in order of code."""

SAID_ELSEWHERE: Final[dict[str, str]] = {
    "GEN001": "SEM105",
    "GEN002": "SEM101",
    "GEN006": "SEM312",
    "NSP005": "SEM004",  # an error with autorecover or without
    "NSP008": "SEM005",
    "NSP010": "SEM001",
    "NSP011": "SEM003",
    "NSP014": "SEM012",
    "NSP015": "SEM010",
    "NSP016": "SEM305",
    "PRV032": "SEM117",
    "WDM110": "SEM303",
    "WDM305": "WDM304",
    "WDM406": "SEM312",
    "WDM503": "LOC001",
    "WDM504": "LOC002",
    "WDM505": "LOC003",
    "WDM506": "LOC004",
}
"""Codes of the catalogues that another rule already reports → that rule's code."""

NOT_CHECKED: Final[dict[str, str]] = {
    "PRV031": "it is about two versions of a file: `mofkit plan` and `mofkit bump` see to it",
    "WDM108": "an embedded class may have other qualifiers than WMI and guid: they are ignored",
    "WDM115": "WmiExpense may be left out",
    "WDM116": "Description, DisplayName, HeaderName, WmiGenerateHeader and others are accepted",
    "WDM118": "a block may have no items but the two required ones",
    "WDM209": "an inherited InstanceName or Active counts as there, for WDM201 and WDM202, too",
    "WDM303": "items may be declared in any order: their ids say how they are laid out",
    "WDM311": "an item without MaxLen has no limit",
    "WDM316": "WmiScale, WmiComplexity, WmiVolatility and the like are accepted",
    "WDM321": "qualifiers of one's own are accepted; misspelled ones STY020 reports",
    "WDM402": "ids of methods may have gaps: classes that come with Windows have some",
    "WDM408": "a method may have no parameters",
    "WDM409": "whether a driver answers queries, its MOF does not say",
    "WDM501": "where a file goes that a driver has as a resource is settled: root\\wmi",
    "WDM507": "a translation may leave out the guid and the required items",
    "WDM508": "a file may hold several languages, each under its own namespace pragma",
    "WDM509": "`: amended` in a file of all languages is accepted; LOC003 is about translations",
}
"""Codes of the catalogues that are no rules, and why: mostly, because nothing is wrong there."""
