"""What is done about a petition: one module for each part of its way, one function for each verb."""
