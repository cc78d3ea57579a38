#requires -Version 4
<#
.SYNOPSIS
Updates a WMI provider: until the new MOF is compiled, the old binary serves; then the new one.
.PARAMETER CleanUp
Later: unregisters the old binary and has it deleted, which ends the way back.
#>
[CmdletBinding()]
param(
    [switch] $CleanUp
)

# Written by mofkit. The names are in this part only: the rest is the same whatever they are.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
trap {
    [Console]::Error.WriteLine("stopped: $_")
    exit 1
}
$Provider = 'FenwickPumpProvider'
$OldClsid = '{FC890931-9019-4D83-9E51-D6EAC100EEA6}'
$NewClsid = '{3D0B7A52-6C1E-4F0A-8B63-90C4D5A7E1F8}'
$Folder = 'C:\Fenwick'
$Old = $Folder + '\' + 'pump.exe'
$New = $Folder + '\' + 'pump2.exe'
$Serves = "$New.serves"
$Source = $PSScriptRoot + '\' + 'pump2.exe'
$OldMofs = @(
    ($PSScriptRoot + '\' + 'old.mof')
)
$NewMofs = @(
    ($PSScriptRoot + '\' + 'new.mof'),
    ($PSScriptRoot + '\' + 'new.mfl')
)

$System = [Environment]::SystemDirectory
$Mofcomp = "$System\wbem\mofcomp.exe"

function Stop-Script([string] $Message) {
    [Console]::Error.WriteLine("stopped: $Message")
    exit 1
}

# Start-Process would take brackets in a path for a pattern, and `&` does not wait for a window.
function Invoke-Tool([string] $Path, [string] $Arguments) {
    $start = New-Object System.Diagnostics.ProcessStartInfo
    $start.FileName = $Path
    $start.Arguments = $Arguments
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    $process.WaitForExit()
    return $process.ExitCode
}

function Register-Binary([string] $Path) { return Invoke-Tool $Path '/RegServer' }

function Unregister-Binary([string] $Path) { return Invoke-Tool $Path '/UnregServer' }

function Test-Clsid([string] $Clsid) {
    $classes = 'Registry::HKEY_LOCAL_MACHINE\SOFTWARE\Classes'
    return (Test-Path -LiteralPath "$classes\CLSID\$Clsid") -or
        (Test-Path -LiteralPath "$classes\WOW6432Node\CLSID\$Clsid")
}

# This cannot be taken back. Until the restart a file beside it says so, and goes with it.
function Remove-AtRestart([string] $Path) {
    $code = @'
[DllImport("kernel32.dll", CharSet = CharSet.Unicode)]
public static extern bool MoveFileExW(string from, IntPtr to, uint flags);
'@
    $files = Add-Type -Namespace MofKit -Name Files -MemberDefinition $code -PassThru
    $delayUntilReboot = 4
    $leaving = "$Path.leaving"
    [System.IO.File]::WriteAllText($leaving, 'deleted at the next start of Windows')
    foreach ($file in $leaving, $Path) {
        if (-not $files::MoveFileExW($file, [IntPtr]::Zero, $delayUntilReboot)) {
            [System.IO.File]::Delete($leaving)
            return $false
        }
    }
    return $true
}

function Test-SameFile([string] $Path, [string] $Other) {
    return (Get-FileHash -LiteralPath $Path).Hash -eq (Get-FileHash -LiteralPath $Other).Hash
}

function Assert-File([string[]] $Paths) {
    foreach ($path in $Paths) {
        if (-not (Test-Path -LiteralPath $path -PathType Leaf)) {
            Stop-Script "there is no `"$path`"; nothing was changed"
        }
    }
}

function Assert-Staying([string[]] $Paths) {
    foreach ($path in $Paths) {
        if (Test-Path -LiteralPath "$path.leaving") {
            Stop-Script @"
`"$path`" will be deleted when Windows starts again; nothing was changed
restart Windows first, so that what is put there now is not deleted then
"@
        }
    }
}

function Assert-Elevated {
    $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
    $principal = New-Object Security.Principal.WindowsPrincipal($identity)
    if (-not $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
        Stop-Script 'this must run elevated, from a PowerShell run as administrator; nothing was changed'
    }
}

Assert-Elevated
if ($CleanUp) {
    Assert-File $Old, $New
    if (-not (Test-Path -LiteralPath $Serves)) {
        Stop-Script @"
there is no `"$Serves`", so the last update was not completed, or rollback was run
`"$Old`" may be the binary that serves; nothing was changed
"@
    }
    if (-not (Test-Clsid $NewClsid)) {
        Stop-Script "the CLSID $NewClsid is not registered, so the update was not made; nothing was changed"
    }
    Write-Output "1 of 2: unregistering `"$Old`""
    $result = Unregister-Binary $Old
    if ($result -ne 0) { Stop-Script "unregistering `"$Old`" ended with $result; the file stays" }
    Write-Output "2 of 2: `"$Old`" will be deleted when Windows starts again"
    if (-not (Remove-AtRestart $Old)) {
        Stop-Script "`"$Old`" is unregistered, but could not be marked for deletion"
    }
    [System.IO.File]::Delete($Serves)
    Write-Output "done: `"$New`" serves the provider `"$Provider`", and there is no way back any more"
    exit 0
}

Assert-File (@($Old, $Source) + $OldMofs + $NewMofs)
Assert-Staying $Old, $New
foreach ($mof in $NewMofs) {
    if ((Invoke-Tool $Mofcomp ('-check "' + $mof + '"')) -ne 0) {
        Stop-Script "mofcomp finds errors in `"$mof`"; nothing was changed"
    }
}

Write-Output "1 of 3: copying to `"$New`""
if (Test-Path -LiteralPath $New) {
    if (-not (Test-SameFile $Source $New)) {
        Stop-Script "`"$New`" is there already and is not the new binary; nothing was changed"
    }
} else {
    try {
        [System.IO.File]::Copy($Source, $New, $false)
    } catch {
        Stop-Script "copying failed: $($_.Exception.Message); the old provider serves as before"
    }
}

Write-Output "2 of 3: registering `"$New`""
$result = Register-Binary $New
if ($result -ne 0) {
    Stop-Script @"
registering `"$New`" ended with $result; the old provider serves as before
the new binary is in place and not registered: rollback.ps1 removes it
"@
}
if (-not (Test-Clsid $NewClsid)) {
    Stop-Script @"
`"$New`" does not register the CLSID $NewClsid for the machine
the MOF was not compiled. Was the binary built with its old CLSID, registering it took
the place of the old one: register `"$Old`" again
"@
}

Write-Output '3 of 3: compiling the registration: with this the new provider takes over'
# The file says that the new binary serves, for -CleanUp. From here on that is not certain.
[System.IO.File]::Delete($Serves)
foreach ($mof in $NewMofs) {
    $result = Invoke-Tool $Mofcomp ('"' + $mof + '"')
    if ($result -ne 0) {
        Stop-Script @"
mofcomp ended with $result in `"$mof`"
it takes nothing back, so what the file declares above the error is stored
both binaries are registered: rollback.ps1 goes back to the old provider
"@
    }
}
[System.IO.File]::WriteAllText($Serves, $NewClsid)
Write-Output "done: `"$New`" now serves the provider `"$Provider`""
Write-Output 'The old binary is still registered: rollback.ps1 goes back to it.'
Write-Output 'When it is not wanted any more: run this again with -CleanUp.'
exit 0
