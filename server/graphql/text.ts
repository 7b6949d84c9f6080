// Texts of callers on their way into a pattern.

/** Takes the meaning from LIKE's wildcards, so that people find what they typed. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
