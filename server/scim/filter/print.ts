// Prints a filter as text that parses back to the same filter.
import type { AttributePath } from '../path/attribute-path.ts'
import type { Filter } from './ast.ts'

/** The text of a filter, with canonical names and only the brackets it needs; `never`, which has no text, is "false". */
export function printFilter(filter: Filter): string {
  return print(filter, path => path.key)
}

function print(filter: Filter, name: (path: AttributePath) => string): string {
  switch (filter.kind) {
    case 'or':
      return filter.terms.map(term => print(term, name)).join(' or ')
    case 'and':
      return filter.terms
        .map(term => (term.kind === 'or' ? `(${print(term, name)})` : print(term, name)))
        .join(' and ')
    case 'not':
      return `not (${print(filter.term, name)})`
    case 'present':
      return `${name(filter.path)} pr`
    case 'compare':
      return `${name(filter.path)} ${filter.operator} ${JSON.stringify(filter.value)}`
    case 'elements':
      return `${name(filter.path)}[${print(filter.filter, inElement)}]`
    case 'never':
      return 'false'
  }
}

function inElement(path: AttributePath): string {
  return path.sub?.name ?? path.attribute.name
}
