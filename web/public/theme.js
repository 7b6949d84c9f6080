// Sets light or dark before the first paint; a separate file because the page allows no inline scripts.
{
  const root = globalThis.document.documentElement
  let choice = 'system'
  try {
    choice = globalThis.localStorage.getItem('rollcall-theme') ?? 'system'
  } catch {
    // Storage may be forbidden; then the system decides.
  }
  const system = globalThis.matchMedia('(prefers-color-scheme: dark)')
  root.classList.add(choice === 'dark' || (choice === 'system' && system.matches) ? 'dark' : 'light')
}
