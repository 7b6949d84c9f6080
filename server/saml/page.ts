// The few pages that the door shows itself: why a sign-in ended, and how a test went.

export interface Page {
  readonly title: string
  readonly message: string
  /** What to give to whoever helps. */
  readonly requestId: string
  readonly at: Date
}

/**
 * Plain HTML; its style comes from `styleUrl`, because nothing inline is allowed. What is marked `data-say` the
 * console's script says in the language of the device, where there is one.
 */
export function pageHtml({ title, message, requestId, at }: Page, styleUrl: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(title)} · Rollcall</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="${styleUrl}"><script type="module" src="/door.js"></script></head>
<body><main><p class="brand"><img src="/icon.svg" alt="" width="28" height="28">Rollcall</p>
<h1 data-say>${safe(title)}</h1><p data-say>${safe(message)}</p>
<p><a href="/" data-say>Go to Rollcall</a></p>
<p class="small"><span data-say>Request id</span> ${safe(requestId)}<br>${at.toISOString()}</p></main></body>
</html>
`
}

/** The colours of the console (web/main.css), whose own sheet has another name in each build. */
export const pageStyle = `:root{color-scheme:light dark;--back:#fff;--text:#27272a;--strong:#18181b;--muted:#52525b;--line:#e4e4e7;--link:#4338ca}
@media (prefers-color-scheme:dark){:root{--back:#09090b;--text:#d4d4d8;--strong:#fff;--muted:#a1a1aa;--line:#27272a;--link:#818cf8}}
body{margin:0;background:var(--back);color:var(--text);font:.875rem/1.5 system-ui,sans-serif}
main{max-width:28rem;margin:14vh auto;padding:0 1.25rem;overflow-wrap:anywhere}
.brand{display:flex;align-items:center;gap:.6rem;margin:0 0 2rem;font-size:1.125rem;font-weight:600;color:var(--strong)}
h1{margin:0;font-size:1.25rem;font-weight:600;color:var(--strong)}
a{color:var(--link);text-underline-offset:3px}
.small{margin-top:2rem;padding-top:.75rem;border-top:1px solid var(--line);font-size:.75rem;color:var(--muted)}
`

function safe(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${String(character.charCodeAt(0))};`)
}
