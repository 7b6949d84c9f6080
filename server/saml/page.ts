// The few pages that the door shows itself: why a sign-in ended, and how a test went.

export interface Page {
  readonly title: string
  readonly message: string
  /** What to give to whoever helps. */
  readonly requestId: string
  readonly at: Date
}

/** Plain HTML without script; its style comes from `styleUrl`, because nothing inline is allowed. */
export function pageHtml({ title, message, requestId, at }: Page, styleUrl: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(title)} · Rollcall</title>
<link rel="stylesheet" href="${styleUrl}"></head>
<body><main><h1>${safe(title)}</h1><p>${safe(message)}</p>
<p><a href="/">Go to Rollcall</a></p>
<p><small>Request ${safe(requestId)} at ${at.toISOString()}</small></p></main></body>
</html>
`
}

export const pageStyle = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;margin:0}
main{max-width:34rem;margin:12vh auto;padding:0 1.5rem}h1{font-size:1.4rem}small{opacity:.7}
`

function safe(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${String(character.charCodeAt(0))};`)
}
