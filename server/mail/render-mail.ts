// A mail's two forms: plain text, and HTML in which nothing that somebody wrote is markup.
import type { Letter } from '#server/domain/mail/rules/letter.ts'

export interface RenderedMail {
  readonly text: string
  readonly html: string
}

const marks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, mark => marks[mark] ?? mark)
}

/** `publicUrl` is the installation's address, without trailing slash. */
export function renderMail(letter: Letter, publicUrl: string): RenderedMail {
  const { paragraphs, action } = letter
  const link = action === null ? null : { label: action.label, url: publicUrl + action.path }
  const foot = `Sent by Rollcall at ${publicUrl}`
  const lines = [...paragraphs, ...(link === null ? [] : [`${link.label}:\n${link.url}`]), `-- \n${foot}`]
  return { text: `${lines.join('\n\n')}\n`, html: page([...paragraphs.map(paragraph), button(link)], foot) }
}

function paragraph(text: string): string {
  return `<p style="margin:0 0 16px">${escaped(text)}</p>`
}

function button(link: { label: string; url: string } | null): string {
  if (link === null) return ''
  const style = 'color:#0f62fe;font-weight:600'
  return `<p style="margin:0 0 16px"><a style="${style}" href="${escaped(link.url)}">${escaped(link.label)}</a></p>`
}

function page(blocks: readonly string[], foot: string): string {
  const body = 'margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif'
  const small = 'margin:24px 0 0;font-size:13px;opacity:0.75'
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">',
    `<title>Rollcall</title></head><body style="${body}"><div style="max-width:560px">`,
    ...blocks,
    `<p style="${small}">${escaped(foot)}</p></div></body></html>`,
    '',
  ].join('\n')
}
