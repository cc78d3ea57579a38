"""Registration info: the WMIREGINFO that a driver answers IRP_MN_REGINFO and IRP_MN_REGINFO_EX with.

Start reading at `model.py`; `structs.py` has the bytes.
"""
