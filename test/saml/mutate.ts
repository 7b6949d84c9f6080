// Changes signed responses at random, by a seed: as text, and as a tree of elements that are copied, moved and planted.
import { DOMParser, XMLSerializer } from '@xmldom/xmldom'

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface Attack {
  readonly root: Document
  readonly elements: readonly Element[]
  /** A fresh copy of the attacker's assertion. */
  readonly evil: () => Element
  readonly pick: <T>(of: readonly T[]) => T
}

type Change = (attack: Attack) => void

const anywhere = ({ elements, pick }: Attack): Element => pick(elements)
const below = (attack: Attack): Element => pick1(attack.elements.slice(1), attack) ?? anywhere(attack)
const pick1 = <T>(of: readonly T[], { pick }: Attack): T | undefined =>
  of.length === 0 ? undefined : pick(of)

/** Never in front of itself, which the library takes seconds to refuse. */
function insert(node: Node, target: Element, { pick }: Attack): void {
  const places = [...Array.from(target.childNodes).filter(child => child !== node), null]
  target.insertBefore(node, pick(places))
}

const byName = ({ elements }: Attack, name: string): Element[] =>
  elements.filter(({ localName }) => localName === name)

const hostileIds = ['_evil', '_r', '', 'x', '#', '__proto__']

const changes: readonly Change[] = [
  attack => {
    insert(below(attack).cloneNode(true), anywhere(attack), attack)
  },
  attack => {
    const moved = below(attack)
    const target = anywhere(attack)
    if (moved !== target && !isInside(target, moved)) insert(moved, target, attack)
  },
  attack => {
    const gone = below(attack)
    gone.parentNode?.removeChild(gone)
  },
  attack => {
    insert(attack.evil(), anywhere(attack), attack)
  },
  attack => {
    const evil = attack.evil()
    const [assertion] = byName(attack, 'Assertion')
    const [signature] = byName(attack, 'Signature')
    if (assertion === undefined || signature === undefined) return
    evil.setAttribute('ID', attack.pick(['_evil', assertion.getAttribute('ID') ?? '']))
    insert(attack.pick([signature, signature.cloneNode(true)]), evil, attack)
    const holder = attack.pick([assertion.parentNode as Element, anywhere(attack)])
    if (!isInside(holder, evil)) insert(evil, holder, attack)
    if (attack.pick([true, false]) && !isInside(evil, assertion))
      insert(assertion, attack.pick([evil, signature]), attack)
  },
  attack => {
    const element = anywhere(attack)
    const [attribute] = Array.from(element.attributes).filter(() => attack.pick([true, false]))
    if (attribute !== undefined)
      element.setAttribute(attribute.name, attack.pick([...hostileIds, `${attribute.value}x`]))
  },
  attack => {
    anywhere(attack).setAttribute(attack.pick(['ID', 'Id', 'id', 'xml:id']), attack.pick(hostileIds))
  },
  attack => {
    const element = anywhere(attack)
    const [attribute] = Array.from(element.attributes)
    if (attribute !== undefined) element.removeAttribute(attribute.name)
  },
  attack => {
    insert(
      attack.root.createTextNode(attack.pick(['x', ' ', '\n', 'owner@example.com'])),
      anywhere(attack),
      attack,
    )
  },
  attack => {
    const nameId = pick1(byName(attack, 'NameID'), attack)
    if (nameId !== undefined) nameId.textContent = 'owner@example.com'
  },
  attack => {
    const nameId = pick1(byName(attack, 'NameID'), attack)
    if (nameId === undefined) return
    const mark = attack.pick([
      attack.root.createComment('x'),
      attack.root.createCDATASection('x'),
      attack.root.createProcessingInstruction('p', 'x'),
    ])
    nameId.insertBefore(mark, attack.pick([nameId.firstChild, null]))
  },
  attack => {
    const element = below(attack)
    const other = attack.root.createElementNS(
      element.namespaceURI,
      attack.pick(['saml:Assertion', 'ds:Signature', 'saml:NameID', 'x']),
    )
    while (element.firstChild !== null) other.appendChild(element.firstChild)
    element.parentNode?.replaceChild(other, element)
  },
  attack => {
    const [one, other] = [below(attack), below(attack)]
    if (one === other || isInside(one, other) || isInside(other, one)) return
    const copy = one.cloneNode(true)
    other.parentNode?.replaceChild(copy, other)
  },
]

function isInside(node: Node, holder: Node): boolean {
  for (let at: Node | null = node; at !== null; at = at.parentNode) if (at === holder) return true
  return false
}

function mutateTree(xml: string, evilXml: string, roll: () => number): string {
  const root = new DOMParser().parseFromString(xml, 'text/xml')
  const pick = <T>(of: readonly T[]): T => of[Math.floor(roll() * of.length)] as T
  const evil = (): Element =>
    root.importNode(new DOMParser().parseFromString(evilXml, 'text/xml').documentElement, true)
  const times = 1 + Math.floor(roll() * 3)
  for (let time = 0; time < times; time += 1) {
    const elements = Array.from(root.getElementsByTagName('*'))
    if (elements.length < 2) break
    pick(changes)({ root, elements, evil, pick })
  }
  return new XMLSerializer().serializeToString(root)
}

/** One character lost, doubled, or exchanged for one that means something in XML. */
function mutateText(xml: string, roll: () => number): string {
  const at = Math.floor(roll() * xml.length)
  const character = '<>&"\'/ =:#aA0-\u0000\u00e9'[Math.floor(roll() * 15)] ?? 'x'
  const kind = Math.floor(roll() * 3)
  if (kind === 0) return xml.slice(0, at) + xml.slice(at + 1)
  return xml.slice(0, at) + character + xml.slice(at + (kind === 1 ? 1 : 0))
}

/** A hostile relative of `xml`; three of four are changed as trees. */
export function mutate(xml: string, evilXml: string, roll: () => number): string {
  if (roll() < 0.25) return mutateText(xml, roll)
  try {
    return mutateTree(xml, evilXml, roll)
  } catch {
    return mutateText(xml, roll)
  }
}
