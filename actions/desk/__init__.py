"""Everything that changes 值班日志: entering a line, handling it, sending it on to other desks."""
