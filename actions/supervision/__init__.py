"""What is done about a supervision task: one module for each part of its way, one function for each verb."""
