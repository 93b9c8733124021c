"""What the lists show as a sheet and as a printed register: the columns of both, defined once."""
