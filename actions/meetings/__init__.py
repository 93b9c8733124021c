"""Joint meetings (联席会议): holding them, their agenda, who came, what was decided, what goes up and comes back."""
