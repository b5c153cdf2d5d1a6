"""What the site talks about: frozen typed objects, no I/O, no Django, no upstream's field names.

Every address in the domain is absolute; every moment is an aware UTC ``datetime``; every size is in bytes.
"""
