"""Official documents (GB/T 9704-2012): one plain description, written as PDF and as Word."""
