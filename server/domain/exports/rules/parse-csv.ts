// Reads comma-separated values as programs and spreadsheets write them (RFC 4180), and undoes what csv.ts did.
import { looksLikeFormula } from './csv.ts'

const utf8Mark = '\uFEFF'

/** Takes back what `csvLine` did to a text that looked like a formula. */
function plainText(cell: string): string {
  return cell.startsWith("'") && looksLikeFormula(cell.slice(1)) ? cell.slice(1) : cell
}

/** Lines of cells, by RFC 4180; takes `;` and tabs for separators where the first line has no comma. Never throws. */
export function parseCsv(text: string): string[][] {
  const content = text.startsWith(utf8Mark) ? text.slice(1) : text
  const separator = separatorOf(content)
  const lines: string[][] = []
  let cells: string[] = []
  for (let at = 0; at < content.length;) {
    const { cell, next } =
      content[at] === '"' ? quotedCell(content, at) : plainCell(content, { at, separator })
    cells.push(plainText(cell))
    at = next
    if (content[at] === separator) {
      at += 1
      if (at === content.length) cells.push('')
      continue
    }
    at = afterLineEnd(content, at)
    lines.push(cells)
    cells = []
  }
  if (cells.length > 0) lines.push(cells)
  return lines.filter(line => line.some(cell => cell.trim() !== ''))
}

interface Taken {
  readonly cell: string
  readonly next: number
}

function separatorOf(content: string): string {
  const first = content.slice(0, content.search(/[\r\n]|$/u))
  if (first.includes(',')) return ','
  return [';', '\t'].find(each => first.includes(each)) ?? ','
}

function plainCell(content: string, { at, separator }: { at: number; separator: string }): Taken {
  let end = at
  while (
    end < content.length &&
    content[end] !== separator &&
    content[end] !== '\r' &&
    content[end] !== '\n'
  ) {
    end += 1
  }
  return { cell: content.slice(at, end), next: end }
}

/** A quote that is never closed ends with the text. */
function quotedCell(content: string, at: number): Taken {
  let cell = ''
  for (let from = at + 1; ;) {
    const end = content.indexOf('"', from)
    if (end < 0) return { cell: cell + content.slice(from), next: content.length }
    cell += content.slice(from, end)
    if (content[end + 1] !== '"') return { cell, next: end + 1 }
    cell += '"'
    from = end + 2
  }
}

/** Behind the end of the line; what stands between a closing quote and it is left out. */
function afterLineEnd(content: string, at: number): number {
  let next = at
  while (next < content.length && content[next] !== '\n' && content[next] !== '\r') next += 1
  return content.startsWith('\r\n', next) ? next + 2 : next + 1
}
