// Before the first paint: light or dark, the language of the waiting page, and what it says when nothing comes.
// A separate file because the page allows no inline scripts.
{
  const root = globalThis.document.documentElement
  const setting = name => {
    try {
      return globalThis.localStorage.getItem(`rollcall-${name}`)
    } catch {
      // Storage may be forbidden; then the system and the browser decide.
      return null
    }
  }
  const choice = setting('theme') ?? 'system'
  const system = globalThis.matchMedia('(prefers-color-scheme: dark)')
  root.classList.add(choice === 'dark' || (choice === 'system' && system.matches) ? 'dark' : 'light')

  const wishes = [setting('language'), ...globalThis.navigator.languages].map(wish => wish?.slice(0, 2))
  root.lang = wishes.find(wish => wish === 'de' || wish === 'en') ?? 'en'
  const alone = ['/sign-in', '/setup', '/invitation'].includes(globalThis.location.pathname)
  if (alone) root.classList.add('alone')

  const fail = () => root.classList.add('failed')
  // A script that does not arrive tells only itself, so one has to listen on the way down.
  globalThis.addEventListener('error', event => event.target?.tagName === 'SCRIPT' && fail(), true)
  globalThis.setTimeout(fail, 20_000)
}
