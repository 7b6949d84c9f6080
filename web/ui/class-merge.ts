// Of two classes that set the same thing the later one stays: how overrides of a component's own classes win.

/** What sets more than its own name says: a later `p-2` ends `px-1`, not the other way round. */
const wider: Record<string, string[]> = {
  p: ['px', 'py', 'ps', 'pe', 'pt', 'pr', 'pb', 'pl'],
  px: ['pr', 'pl'],
  py: ['pt', 'pb'],
  m: ['mx', 'my', 'ms', 'me', 'mt', 'mr', 'mb', 'ml'],
  mx: ['mr', 'ml'],
  my: ['mt', 'mb'],
  'scroll-py': ['scroll-pt', 'scroll-pb'],
  size: ['w', 'h'],
  gap: ['gap-x', 'gap-y'],
  overflow: ['overflow-x', 'overflow-y'],
  flex: ['basis', 'grow', 'shrink'],
  inset: ['inset-x', 'inset-y', 'start', 'end', 'top', 'right', 'bottom', 'left'],
  'inset-x': ['right', 'left'],
  'inset-y': ['top', 'bottom'],
  rounded: ['s', 'e', 't', 'r', 'b', 'l', 'tl', 'tr', 'br', 'bl'].map(side => `rounded-${side}`),
  'rounded-t': ['rounded-tl', 'rounded-tr'],
  'rounded-b': ['rounded-bl', 'rounded-br'],
  'rounded-l': ['rounded-tl', 'rounded-bl'],
  'rounded-r': ['rounded-tr', 'rounded-br'],
  'border-w': ['x', 'y', 't', 'r', 'b', 'l', 's', 'e'].map(side => `border-w-${side}`),
  translate: ['translate-x', 'translate-y'],
  'font-size': ['leading'],
}

const length = String.raw`(?:\d+(?:\.\d+)?|px|\[\d.*\])`
/** The first that fits tells the group; `$1` is what the expression found. */
const rules: [RegExp, string][] = [
  [/^(\[[a-z-]+):/, '$1'],
  [/^(?:block|inline|inline-block|flex|inline-flex|grid|inline-grid|contents|table|hidden)$/, 'display'],
  [/^(?:static|fixed|absolute|relative|sticky)$/, 'position'],
  [/^(?:sr-only|not-sr-only)$/, 'sr'],
  [/^(?:uppercase|lowercase|capitalize|normal-case)$/, 'case'],
  [/^(?:underline|overline|line-through|no-underline)$/, 'line'],
  [/^(?:truncate|text-ellipsis|text-clip)$/, 'text-overflow'],
  [/^text-(?:left|center|right|justify|start|end)$/, 'text-align'],
  [/^text-(?:balance|pretty|wrap|nowrap)$/, 'text-wrap'],
  [/^text-(?:base|\d*(?:xs|sm|md|lg|xl)|\[\d.*\])(?:\/.+)?$/, 'font-size'],
  [/^font-(?:thin|light|normal|medium|semibold|bold|black)$/, 'font-weight'],
  [/^flex-(?:row|col)/, 'flex-direction'],
  [/^flex-(?:wrap|nowrap)/, 'flex-wrap'],
  [/^ring-inset$/, 'ring-inset'],
  [new RegExp(`^inset-ring(?:-${length})?$`), 'inset-ring-w'],
  [/^inset-ring-/, 'inset-ring'],
  [/^break-(inside|before|after)-/, 'break-$1'],
  [new RegExp(`^ring(?:-${length})?$`), 'ring-w'],
  [new RegExp(`^border-([xytrblse])(?:-${length})?$`), 'border-w-$1'],
  [new RegExp(`^border(?:-${length})?$`), 'border-w'],
  [/^border-(?:solid|dashed|dotted|double|none)$/, 'border-style'],
  [/^outline-(?:none|hidden|solid|dashed|dotted|double)$/, 'outline-style'],
  [new RegExp(`^outline(?:-${length})?$`), 'outline-w'],
  [/^outline-offset-/, 'outline-offset'],
  [/^underline-offset-/, 'underline-offset'],
  [/^divide-([xy])(?:-.+)?$/, 'divide-$1'],
  [/^shadow(?:-(?:none|\d*(?:2?xs|sm|md|lg|xl)))?$/, 'shadow'],
  [/^(rounded-[trblse]{1,2}|rounded)(?:-.+)?$/, '$1'],
  [/^(gap-[xy]|space-[xy]|overflow-[xy]|translate-[xy]|inset-[xy]|scroll-p[xytrbl]?)-/, '$1'],
  [/^(min-w|min-h|max-w|max-h|col-start|row-start|col-span|row-span|grid-cols|grid-rows)-/, '$1'],
  [
    /^(pointer-events|place-items|place-content|justify-self|justify-items|align-content|will-change|tabular|transition|grow|shrink)(?:-.+)?$/,
    '$1',
  ],
  [
    /^(p[xytrblse]?|m[xytrblse]?|[wh]|size|inset|start|end|top|right|bottom|left|gap|basis|order|z)-.+$/,
    '$1',
  ],
  [/^(bg|text|font|leading|tracking|ring|border|outline|divide|opacity|fill|stroke|decoration)-.+$/, '$1'],
  [/^(items|justify|content|self|flex|object|overflow|whitespace|break|align|translate|rotate)-.+$/, '$1'],
  [/^(animate|duration|ease|delay|origin|cursor|select|resize|appearance|scale|transform)-.+$/, '$1'],
]

function groupOf(utility: string): string {
  const plain = utility.replace(/^-/, '')
  for (const [fits, group] of rules) {
    const found = fits.exec(plain)
    if (found) return group.replace('$1', found[1] ?? '')
  }
  return plain
}

/** Where the utility begins after modifiers such as `hover:`; a colon in brackets is part of a value. */
function startOf(name: string): number {
  let depth = 0
  let start = 0
  for (let at = 0; at < name.length; at++) {
    const sign = name[at] ?? ''
    if ('[('.includes(sign)) depth++
    else if ('])'.includes(sign)) depth--
    else if (sign === ':' && depth === 0) start = at + 1
  }
  return start
}

const known = new Map<string, [own: string, ended: string[]]>()

/** The group of a class with its modifiers, and the groups that it ends. */
function groupsOf(name: string): [own: string, ended: string[]] {
  const before = known.get(name)
  if (before) return before
  const start = startOf(name)
  const modifiers = name.slice(0, start)
  const group = groupOf(name.slice(start))
  const groups: [string, string[]] = [
    modifiers + group,
    [group, ...(wider[group] ?? [])].map(one => modifiers + one),
  ]
  known.set(name, groups)
  return groups
}

/** The classes of `text` without those that a later one replaces. */
export function mergeClasses(text: string): string {
  const ended = new Set<string>()
  const kept: string[] = []
  for (const name of text.split(/\s+/).reverse()) {
    const [own, also] = groupsOf(name)
    if (name === '' || ended.has(own)) continue
    also.forEach(group => ended.add(group))
    kept.push(name)
  }
  return kept.reverse().join(' ')
}
