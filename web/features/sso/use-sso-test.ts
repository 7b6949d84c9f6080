// Tests the connection in a tab of its own and watches here how it ends.
import { computed, onScopeDispose, ref } from 'vue'
import { useCommand } from '#web/graphql/use-command.ts'
import { TestSsoMutation } from './documents.ts'
import type { Sso } from './use-sso.ts'

const pace = 1500

/** A tab for the test: opened before the server answers, for one that comes later is taken for a pop-up. */
function openTab() {
  const tab = open('', '_blank')
  if (tab) tab.opener = null
  return {
    blocked: tab === null,
    go: (url: string) => {
      if (tab) tab.location.href = url
    },
    close: () => tab?.close(),
  }
}

/**
 * `waiting` is true from the start until a newer result is there or the ticket has expired; `again` is called to look.
 * `blocked` is the address to open by hand when the browser allowed no new tab.
 */
export function useSsoTest(lastTest: () => Sso['lastTest'], again: () => void) {
  const { run, running, problem } = useCommand(TestSsoMutation, 'testSso')
  const until = ref(0)
  const before = ref<string | null>(null)
  const blocked = ref<string | null>(null)
  const late = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  const latest = () => lastTest()?.at ?? null
  const waiting = computed(() => until.value > 0 && latest() === before.value && !late.value)

  function look() {
    clearTimeout(timer)
    if (!waiting.value) return
    late.value = Date.now() > until.value
    again()
    timer = setTimeout(look, pace)
  }
  async function start() {
    const tab = openTab()
    const last = latest()
    const payload = await run({})
    if (!payload) {
      tab.close()
      return
    }
    before.value = last
    late.value = false
    blocked.value = tab.blocked ? payload.url : null
    until.value = Date.parse(payload.expiresAt)
    tab.go(payload.url)
    look()
  }
  addEventListener('focus', look)
  onScopeDispose(() => {
    clearTimeout(timer)
    removeEventListener('focus', look)
  })
  return { start, starting: running, problem, waiting, late, blocked }
}
