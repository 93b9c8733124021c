def title_lines(title: str, most: int = 19) -> tuple[str, ...]:
    return tuple(title[i:i+most] for i in range(0,len(title),most))
