// Small choices that stay on this device; silent when the browser forbids storage.

/** The stored text under `rollcall-<name>`, or null. */
export function readSetting(name: string): string | null {
  try {
    return localStorage.getItem(`rollcall-${name}`)
  } catch {
    return null
  }
}

/** Stores a text under `rollcall-<name>`; a browser without storage simply forgets it. */
export function writeSetting(name: string, value: string): void {
  try {
    localStorage.setItem(`rollcall-${name}`, value)
  } catch {
    return
  }
}
