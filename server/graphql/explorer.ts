// A page to try operations on: our own, for everything on it must come from this server and nothing may be inline.

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>GraphQL - Rollcall</title>
<link rel="stylesheet" href="/graphql/explorer.css">
<script src="/graphql/explorer.js" defer></script>
</head>
<body>
<main>
<h1>Rollcall GraphQL</h1>
<form id="form">
<label>Operation<textarea id="query" rows="14" spellcheck="false">{ viewer { kind organization { name } } }</textarea></label>
<label>Variables, as JSON<textarea id="variables" rows="4" spellcheck="false"></textarea></label>
<p><button>Run</button> <span>or Ctrl+Enter. It runs as you, with your rights.</span></p>
</form>
<section aria-live="polite"><h2>Answer</h2><pre id="answer">Nothing was run yet.</pre></section>
<section><h2>Fields</h2><div id="fields"></div></section>
</main>
</body>
</html>
`

const style = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 1rem; }
label { display: block; margin-block: 0.75rem; font-weight: 600; }
textarea, pre { display: block; box-sizing: border-box; width: 100%; font: 14px/1.5 ui-monospace, monospace; }
pre { overflow: auto; padding: 0.75rem; border: 1px solid currentColor; border-radius: 0.25rem; }
button { font: inherit; padding: 0.4rem 1.2rem; }
dt { font-family: ui-monospace, monospace; margin-block-start: 0.5rem; }
dd { margin-inline-start: 1.5rem; }
`

const script = `const element = id => document.getElementById(id)
const send = async body => {
  const headers = { 'content-type': 'application/json', 'x-rollcall': '1' }
  const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(body) })
  return response.json()
}
const show = value => { element('answer').textContent = JSON.stringify(value, null, 2) }
const run = async () => {
  const text = element('variables').value.trim()
  try {
    show(await send({ query: element('query').value, variables: text === '' ? {} : JSON.parse(text) }))
  } catch (error) {
    element('answer').textContent = 'This could not be run: ' + error.message
  }
}
element('form').addEventListener('submit', event => { event.preventDefault(); void run() })
element('form').addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); void run() }
})
const typeName = type => type.kind === 'NON_NULL' ? typeName(type.ofType) + '!' : type.kind === 'LIST' ? '[' + typeName(type.ofType) + ']' : type.name
const signature = field => field.name + (field.args.length ? '(' + field.args.map(arg => arg.name + ': ' + typeName(arg.type)).join(', ') + ')' : '') + ': ' + typeName(field.type)
const added = (parent, name, text) => { const node = document.createElement(name); node.textContent = text; parent.append(node); return node }
const type = '{ kind name ofType { kind name ofType { kind name ofType { kind name } } } }'
const roots = '{ __schema { ' + ['queryType', 'mutationType', 'subscriptionType'].map(root => root + ' { name fields { name description args { name type ' + type + ' } type ' + type + ' } }').join(' ') + ' } }'
void send({ query: roots }).then(({ data }) => {
  for (const root of Object.values(data.__schema)) {
    const part = document.createElement('details')
    added(part, 'summary', root.name)
    const list = added(part, 'dl', '')
    for (const field of root.fields) { added(list, 'dt', signature(field)); added(list, 'dd', field.description) }
    element('fields').append(part)
  }
})
`

const assets: Readonly<Record<string, { type: string; text: string }>> = {
  '/graphql/explorer.js': { type: 'text/javascript', text: script },
  '/graphql/explorer.css': { type: 'text/css', text: style },
}

/** The page itself, for somebody who is signed in. */
export function explorerPage(): Response {
  return answer('text/html', page)
}

/** What the page needs; null for other addresses. */
export function explorerAsset(path: string): Response | null {
  const asset = assets[path]
  return asset === undefined ? null : answer(asset.type, asset.text)
}

/** True when a browser opens the address, as opposed to a program that asks something. */
export function opensExplorer(request: Request): boolean {
  const { searchParams } = new URL(request.url)
  const page = (request.headers.get('accept') ?? '').includes('text/html')
  return request.method === 'GET' && page && !searchParams.has('query')
}

function answer(type: string, text: string): Response {
  return new Response(text, {
    headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' },
  })
}
