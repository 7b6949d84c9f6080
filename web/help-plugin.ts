// Turns the help pages in docs/console into components when the console is built, so that the browser reads no Markdown.
import { basename } from 'node:path'
import { Marked } from 'marked'
import type { Plugin } from 'vite'
import { compileTemplate } from 'vue/compiler-sfc'
import { helpPages } from './lib/help-pages.ts'

const wanted = /\/docs\/console\/\w+\/[\w-]+\.md$/u
/** What would begin an expression in a template. */
const braces = (html: string) => html.replaceAll('{', '&#123;')

const markdown = new Marked<string, string>({
  renderer: {
    // The page has a title of its own above them.
    heading({ tokens, depth }) {
      const level = String(depth + 1)
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`
    },
    // A link to the help of another page leads to that page.
    link({ href, tokens }) {
      const words = this.parser.parseInline(tokens)
      const to = helpPages[basename(href, '.md')]
      if (to === undefined) throw new Error(`"${href}" is not the help of a page (web/lib/help-pages.ts).`)
      return `<RouterLink to="${to}">${words}</RouterLink>`
    },
    html() {
      throw new Error('Help pages hold no HTML.')
    },
  },
})

/** `text` of a help page as a module whose default export is a component. Throws on HTML and on other links. */
export function helpModule(text: string, id: string): string {
  const source = `<div>${braces(markdown.parse(text, { async: false }))}</div>`
  const { code, errors } = compileTemplate({ source, id, filename: id })
  if (errors.length > 0) throw new Error(`${id}: ${String(errors[0])}`)
  return `${code}\nexport default { render }\n`
}

/** The plugin for `import('../docs/console/en/users.md')`. */
export function helpPlugin(): Plugin {
  return {
    name: 'rollcall-help',
    enforce: 'pre',
    transform: {
      filter: { id: wanted },
      handler: (text, id) => ({ code: helpModule(text, id), map: { mappings: '' } }),
    },
  }
}
