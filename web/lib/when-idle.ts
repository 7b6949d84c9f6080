// What will probably be wanted soon is fetched once the page has nothing else to do.

type Load = () => Promise<unknown>

const waiting: Load[] = []
/** Milliseconds after the page was loaded; by then the first page has what it asked for. */
const rest = 3000
let fetching = false

const nextIdle = (run: () => void) => {
  if ('requestIdleCallback' in window) requestIdleCallback(run)
  else setTimeout(run, 200)
}

function fetchNext() {
  const load = waiting.shift()
  if (!load) return
  // What does not arrive is asked for again when it is wanted, and that tells the person.
  void load()
    .catch(() => undefined)
    .then(() => {
      nextIdle(fetchNext)
    })
}

/** Puts `load` at the end of what is fetched while the browser is idle. */
export function whenIdle(load: Load): void {
  waiting.push(load)
  if (fetching && waiting.length === 1) nextIdle(fetchNext)
}

/** Called once by the application: from some seconds after the page has loaded, what waits is fetched one by one. */
export function fetchWhenIdle(): void {
  const begin = () =>
    setTimeout(() => {
      fetching = true
      nextIdle(fetchNext)
    }, rest)
  if (document.readyState === 'complete') begin()
  else addEventListener('load', begin, { once: true })
}
