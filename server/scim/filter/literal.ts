// Checks that an operator and a value fit the attribute they are compared with.
import type { Attribute } from '../attribute.ts'
import type { Tolerate } from '../dialect/deviation.ts'
import { refusal, type ScimError } from '../error.ts'
import { instantOf, isStorable, quoted } from '../text.ts'
import type { Comparison, Literal } from './ast.ts'
import type { Token } from './tokenize.ts'

const equality: readonly Comparison[] = ['eq', 'ne']
const ordering: readonly Comparison[] = ['gt', 'ge', 'lt', 'le']
const parts: readonly Comparison[] = ['co', 'sw', 'ew']

/** The comparisons each type allows (RFC 7644 table 3; F10). */
const allowed: Record<Attribute['type'], readonly Comparison[]> = {
  string: [...equality, ...parts, ...ordering],
  reference: [...equality, ...parts, ...ordering],
  dateTime: [...equality, ...ordering],
  integer: [...equality, ...ordering],
  decimal: [...equality, ...ordering],
  boolean: equality,
  binary: equality,
  complex: equality,
}

/** One comparison as it was written. */
export interface Written {
  readonly attribute: Attribute
  readonly operator: Comparison
  readonly token: Token
  readonly strict: boolean
  readonly tolerate: Tolerate
}

/** The typed value of a comparison, or `invalidFilter` (F10, F11, F15, F22, F23). */
export function literalFrom(written: Written): Literal {
  const { attribute, operator, token } = written
  if (!allowed[attribute.type].includes(operator)) {
    throw refusal(
      'invalidFilter',
      `${attribute.name} is of type ${attribute.type}, which "${operator}" cannot compare.`,
    )
  }
  if (token.kind === 'word' && token.text.toLowerCase() === 'null') return nullFor(operator)
  return readers[attribute.type](written)
}

function nullFor(operator: Comparison): null {
  if (equality.includes(operator)) return null
  throw refusal('invalidFilter', `null can only be compared with eq and ne, not "${operator}".`)
}

const readers: Record<Attribute['type'], (written: Written) => Literal> = {
  string: textFrom,
  reference: textFrom,
  dateTime: textFrom,
  binary: textFrom,
  boolean: booleanFrom,
  integer: numberFrom,
  decimal: numberFrom,
  complex: refuseComplex,
}

function refuseComplex({ attribute }: Written): never {
  const part = attribute.subAttributes?.[0]?.name ?? 'value'
  throw refusal(
    'invalidFilter',
    `${attribute.name} has parts. Name one of them, such as ${attribute.name}.${part}.`,
  )
}

function misfit({ attribute, token }: Written, wanted: string): ScimError {
  return refusal(
    'invalidFilter',
    `${attribute.name} is compared with ${quoted(token.text)}, but takes ${wanted}.`,
  )
}

function booleanFrom(written: Written): boolean {
  const { attribute, token, strict } = written
  const word = token.text.toLowerCase()
  const quotes = token.kind !== 'word'
  if ((quotes && strict) || (word !== 'true' && word !== 'false')) throw misfit(written, 'true or false')
  if (quotes) written.tolerate('filter-boolean-as-text', attribute.name)
  return word === 'true'
}

const numberForm = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

function numberFrom(written: Written): number {
  const { token } = written
  const value = Number(token.text)
  if (token.kind === 'word' && numberForm.test(token.text) && Number.isFinite(value)) return value
  throw misfit(written, 'a number')
}

function textFrom(written: Written): string {
  const { attribute, token, strict } = written
  const bareWord = token.kind === 'word'
  if (bareWord && (strict || numberForm.test(token.text) || /^(?:true|false)$/i.test(token.text))) {
    throw misfit(written, 'a text in double quotes')
  }
  if (bareWord) written.tolerate('filter-text-without-quotes', attribute.name)
  if (!isStorable(token.text)) throw misfit(written, 'a text without NUL and broken characters')
  if (attribute.type === 'dateTime' && instantOf(token.text) === null) {
    throw misfit(written, 'a date and time such as "2026-01-31T09:30:00Z"')
  }
  return token.text
}
