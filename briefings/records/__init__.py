"""The small frozen records that travel between the rooms; they import nothing but each other."""
