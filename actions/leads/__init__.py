"""What is done about a lead assignment (包案): one function for each verb."""
