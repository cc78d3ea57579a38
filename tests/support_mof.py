"""Ill-formed MOF for property tests: the tokens of good files, shuffled a little."""

from hypothesis import strategies as st

GOOD = """
#pragma namespace("\\\\\\\\.\\\\root\\\\Demo")
#pragma classflags("forceupdate")
Qualifier Unit : string = "rpm", Scope(property), Flavor(ToSubclass);
Qualifier Note : ToInstance Amended;
[Dynamic, Description("A " "fan") : Amended ToSubclass, Values{"a", "b"}]
class Demo_Fan as $Class : Demo_Device
{
    [Key] string Id = "x";
    uint8 Speeds[4] = { 1, 0x2, 101b, -4 };
    Demo_Fan ref Next;
    char16 Letter = 'x';
    [Implemented] uint32 Set([in, id(0)] real32 Speed = 1.5, [out] string Log[]);
    structure Inner { boolean On = TRUE; };
    enumeration Kind : Integer { A = 1, B };
};
instance of Demo_Fan as $Fan
{
    Id = "a\\x41";
    Next = $Fan;
    Part = instance of Demo_Part { Nothing = NULL; };
    [Note] Speed;
};
"""
TOKENS = GOOD.split()


@st.composite
def damaged_mof(draw: st.DrawFn) -> str:
    """Good MOF of which some words were lost, doubled, or changed for others."""
    words = list(TOKENS)
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, len(words) - 1))
        new = draw(st.sampled_from([[], ["{"], ["}"], [";"], ["class"], [words[place]] * 2]))
        words[place : place + 1] = new or [draw(st.sampled_from(TOKENS))]
    return " ".join(words)
