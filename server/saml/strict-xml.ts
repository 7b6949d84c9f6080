// Reads XML of strangers: only elements, attributes and text, few of them, and not a single warning of the parser.
import { DOMParser } from '@xmldom/xmldom'
import { refusal } from '#server/domain/sso/rules/refusal.ts'

export const limits = { elements: 2_000, depth: 40, attributes: 4_000 } as const

const declaration =
  /^<\?xml\s+version="1\.[01]"(?:\s+encoding="[Uu][Tt][Ff]-8")?(?:\s+standalone="(?:yes|no)")?\s*\?>/

/**
 * The root element. Throws `sso/not-allowed-xml` for DOCTYPE, entity, comment, CDATA and processing instruction,
 * `sso/too-large`, and `sso/unreadable` for whatever is not well-formed.
 */
export function readStrictly(text: string): Element {
  const body = text.replace(declaration, '')
  if (body.includes('<!') || body.includes('<?')) throw refusal('not-allowed-xml')
  demandFew(body)
  const root = parse(body)
  demandPlain(root)
  return root
}

/** Counted before parsing, so that no document can keep the parser busy: its work grows with depth and prefixes. */
function demandFew(body: string): void {
  const tags = countOf(body, '<')
  if (tags > 2 * limits.elements || countOf(body, '=') > 2 * limits.attributes) throw refusal('too-large')
  let depth = 0
  let seen = 0
  for (const [tag, closing] of body.matchAll(/<(\/?)(?:[^<>"']|"[^"<]*"|'[^'<]*')*>/g)) {
    seen += 1
    depth += closing === '/' ? -1 : 1
    if (depth > limits.depth) throw refusal('too-large')
    if (tag.endsWith('/>')) depth -= 1
  }
  if (seen !== tags) throw refusal('unreadable')
}

function countOf(text: string, character: string): number {
  let count = 0
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count += 1
  return count
}

function parse(body: string): Element {
  const stop = (): never => {
    throw refusal('unreadable')
  }
  const parser = new DOMParser({ errorHandler: { warning: stop, error: stop, fatalError: stop } })
  try {
    const document: unknown = parser.parseFromString(body, 'text/xml')
    const { documentElement } = (document ?? {}) as Partial<Document>
    return documentElement ?? stop()
  } catch {
    throw refusal('unreadable')
  }
}

interface Step {
  readonly element: Element
  readonly depth: number
}

/** Walks without recursion: depth is what an attacker chooses. */
function demandPlain(root: Element): void {
  const steps: Step[] = [{ element: root, depth: 1 }]
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if (step.depth > limits.depth) throw refusal('too-large')
    demandAbsoluteNamespaces(step.element)
    for (const node of Array.from(step.element.childNodes)) {
      if (node.nodeType === 1) steps.push({ element: node as Element, depth: step.depth + 1 })
      else if (node.nodeType !== 3) throw refusal('not-allowed-xml')
    }
  }
}

/** Canonicalizers may fail on relative namespaces, and a failed one signs nothing. */
function demandAbsoluteNamespaces(element: Element): void {
  for (const { name, value } of Array.from(element.attributes)) {
    const declares = name === 'xmlns' || name.startsWith('xmlns:')
    if (declares && !/^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/.test(value)) throw refusal('structure')
  }
}

/** The elements right below. */
export function childrenOf(element: Element): Element[] {
  return Array.from(element.childNodes).filter((node): node is Element => node.nodeType === 1)
}

/** Every element below, and the element itself, in no order that anyone should rely on. */
export function everyElementOf(root: Element): Element[] {
  const found: Element[] = []
  const waiting: Element[] = [root]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    found.push(next)
    waiting.push(...childrenOf(next))
  }
  return found
}

/** The text of an element that contains nothing else; null when it contains more, or nothing. */
export function plainTextOf(element: Element | undefined): string | null {
  const nodes = Array.from(element?.childNodes ?? [])
  if (nodes.length === 0 || nodes.some(node => node.nodeType !== 3)) return null
  return nodes.map(node => node.nodeValue ?? '').join('')
}

/** Children of a name and namespace. */
export function named(element: Element, namespace: string, localName: string): Element[] {
  return childrenOf(element).filter(
    child => child.namespaceURI === namespace && child.localName === localName,
  )
}

/** An attribute without prefix; null when it is not there. */
export function attributeOf(element: Element, name: string): string | null {
  const found = Array.from(element.attributes).find(attribute => attribute.name === name)
  return found?.value ?? null
}

export const namespaces = {
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  assertion: 'urn:oasis:names:tc:SAML:2.0:assertion',
  metadata: 'urn:oasis:names:tc:SAML:2.0:metadata',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
  encryption: 'http://www.w3.org/2001/04/xmlenc#',
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
} as const
