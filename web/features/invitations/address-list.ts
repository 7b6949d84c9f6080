// Reads what somebody pasted: addresses between commas, semicolons and line breaks, alone or as `Name <address>`.

export interface Invitee {
  address: string
  name?: string
}

const shaped = /^(?:"([^"]*)"|([^<>]*?))\s*<([^<>]+)>$/u

/** Every entry in its order, as it was written; what is no address is left for the server to name. */
export function readAddresses(text: string): Invitee[] {
  return entriesOf(text).map(entry => {
    const [, quoted, plain, address] = shaped.exec(entry) ?? []
    if (address === undefined) return { address: entry }
    const name = (quoted ?? plain ?? '').trim()
    return name === '' ? { address: address.trim() } : { address: address.trim(), name }
  })
}

/** A comma inside of quotes belongs to a name. */
function entriesOf(text: string): string[] {
  const parts = text.match(/(?:"[^"\n]*"|[^,;\n"]|")+/gu) ?? []
  return parts.map(part => part.trim()).filter(part => part !== '')
}

/** The messages of a refused list by entry, `people.<index>`, in the order of the list. */
export function faultsOf(fields: Readonly<Record<string, string>>): string[] {
  return Object.entries(fields)
    .filter(([path]) => path.startsWith('people'))
    .map(([, message]) => message)
}
