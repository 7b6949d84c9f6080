// The address as the state of a page: changes that come together are all kept.
import { expect, test } from 'vitest'
import { defineComponent } from 'vue'
import { useAddress } from '#web/ui/use-address.ts'
import { show } from '#test/web/show.ts'

type Address = ReturnType<typeof useAddress>

async function open(path: string) {
  let address: Address | undefined
  const Page = defineComponent(() => {
    address = useAddress()
    return () => null
  })
  const { router } = await show(Page, { path })
  if (!address) throw new Error('The page was not shown.')
  return { address, router, now: () => router.currentRoute.value.fullPath }
}

test('two changes within one tick are both kept, the later one where they differ', async () => {
  const { address, now } = await open('/users?tab=pending')
  await Promise.all([
    address.set({ q: 'ada', role: 'ADMIN' }),
    address.set({ role: '', sort: 'name' }),
    address.set({ linked: 'no' }),
  ])
  expect(now()).toBe('/users?tab=pending&q=ada&sort=name&linked=no')
  await address.set({ tab: '' })
  expect(now()).toBe('/users?q=ada&sort=name&linked=no')
})

test('what Back is to undo stays a step, also when another change joins it', async () => {
  const { address, router, now } = await open('/users?q=ada')
  await Promise.all([address.visit({ user: 'u1' }), address.set({ panel: 'groups' })])
  expect(now()).toBe('/users?q=ada&user=u1&panel=groups')
  const back = new Promise(resolve => router.afterEach(resolve))
  router.back()
  await back
  expect(now()).toBe('/users?q=ada')
})

test('a change that was overtaken by another page is forgotten', async () => {
  const { address, router, now } = await open('/users')
  await Promise.all([address.set({ q: 'ada' }), router.push('/groups')])
  await address.set({ sort: 'name' })
  expect(now()).toBe('/groups?sort=name')
})
