#requires -Version 4
<#
.SYNOPSIS
Goes back to the old WMI provider, while its binary is still registered.
#>
[CmdletBinding()]
param(
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
Assert-File (@($Old) + $OldMofs)
Assert-Staying $Old
if (-not (Test-Clsid $OldClsid)) {
    Stop-Script @"
the old CLSID $OldClsid is not registered any more; nothing was changed
register `"$Old`" first, and see that it is not marked for deletion
"@
}

Write-Output '1 of 3: compiling the old registration: with this the old provider takes over again'
# The file says that the new binary serves, for -CleanUp. From here on that is not certain.
[System.IO.File]::Delete($Serves)
foreach ($mof in $OldMofs) {
    $result = Invoke-Tool $Mofcomp ('"' + $mof + '"')
    if ($result -ne 0) {
        Stop-Script @"
mofcomp ended with $result in `"$mof`"
both binaries stay as they are; mend the error and run this again
"@
    }
}
if (-not (Test-Path -LiteralPath $New)) {
    Write-Output "done: `"$Old`" serves the provider `"$Provider`"; there is no `"$New`" to remove"
    exit 0
}
if (-not (Test-Path -LiteralPath $Source)) {
    Stop-Script "`"$Old`" serves again; `"$New`" stays, as there is no `"$Source`" to compare it with"
}
if (-not (Test-SameFile $Source $New)) {
    Stop-Script "`"$Old`" serves again; `"$New`" is not the binary that was copied, and stays"
}

Write-Output "2 of 3: unregistering `"$New`""
if (Test-Clsid $NewClsid) {
    $result = Unregister-Binary $New
    if ($result -ne 0) {
        Stop-Script "`"$Old`" serves again, but unregistering `"$New`" ended with $result"
    }
}

Write-Output "3 of 3: deleting `"$New`""
try {
    [System.IO.File]::Delete($New)
} catch {
    if (-not (Remove-AtRestart $New)) {
        Stop-Script "`"$Old`" serves again, but `"$New`" is in use and could not be marked for deletion"
    }
    Write-Output 'It is in use, and will be deleted when Windows starts again. Do not run update before that.'
}
Write-Output "done: `"$Old`" serves the provider `"$Provider`" again"
exit 0
