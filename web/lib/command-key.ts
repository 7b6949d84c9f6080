// The name of a shortcut with the command key, as this device writes it.

/** "⌘K" on a Mac, "Ctrl K" elsewhere. */
export function commandKey(letter: string): string {
  return /Mac|iP(?:hone|ad)/u.test(navigator.userAgent) ? `⌘${letter}` : `Ctrl ${letter}`
}
