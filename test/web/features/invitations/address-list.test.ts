// Lists of addresses as people paste them.
import { expect, test } from 'vitest'
import { faultsOf, readAddresses } from '#web/features/invitations/address-list.ts'

test.each<[string, { address: string; name?: string }[]]>([
  ['', []],
  [' \n ,; ', []],
  ['ada@example.com', [{ address: 'ada@example.com' }]],
  ['a@x.example, b@x.example;c@x.example\nd@x.example\r\n', ['a', 'b', 'c', 'd'].map(at)],
  ['Ada Byron <ada@x.example>', [{ address: 'ada@x.example', name: 'Ada Byron' }]],
  [
    '"Byron, Ada" <ada@x.example>, grace@x.example',
    [{ address: 'ada@x.example', name: 'Byron, Ada' }, at('grace')],
  ],
  ['<ada@x.example>', [at('ada')]],
  ['"open, ada@x.example', [{ address: '"open' }, at('ada')]],
  ['Ada <ada@x.example> extra', [{ address: 'Ada <ada@x.example> extra' }]],
  ['no address', [{ address: 'no address' }]],
])('%j is read entry by entry, and what is no address stays for the server to name', (text, people) => {
  expect(readAddresses(text)).toEqual(people)
})

function at(name: string): { address: string } {
  return { address: `${name}@x.example` }
}

test('a hundred thousand characters are read at once', () => {
  const started = performance.now()
  expect(readAddresses('"'.repeat(50_000) + 'x, '.repeat(20_000)).length).toBeGreaterThan(1)
  expect(performance.now() - started).toBeLessThan(2_000)
})

test('faults of the list are told in its order, those of other fields are not', () => {
  expect(faultsOf({ 'people.0': 'one', groupIds: 'other', 'people.4': 'five' })).toEqual(['one', 'five'])
})
