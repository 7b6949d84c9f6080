// Version tags and the two conditional headers (RFC 7644 section 3.14).

/** The weak tag of a version number: `W/"7"` for 7. Equal to `meta.version` and the `ETag` header (ET1). */
export function weakTag(version: number): string {
  return `W/"${version}"`
}

/** Whether a write may go on; false means 412. No header allows it, `*` matches every existing resource (ET2). */
export function ifMatchAllows(header: string | undefined, tag: string): boolean {
  return header === undefined || header.trim() === '*' || names(header, tag)
}

/** Whether a read is answered with 304 (ET3). No header never hits. */
export function ifNoneMatchHits(header: string | undefined, tag: string): boolean {
  return header !== undefined && (header.trim() === '*' || names(header, tag))
}

/** Tags are compared weakly: `W/` makes no difference (ET4). What is not a quoted tag matches nothing. */
function names(header: string, tag: string): boolean {
  const wanted = opaque(tag)
  return header.split(',').some(each => opaque(each) === wanted)
}

function opaque(tag: string): string {
  return tag.trim().replace(/^[Ww]\//, '')
}
