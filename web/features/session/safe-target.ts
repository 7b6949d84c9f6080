// Where to go after signing in.

/** The path inside this console that `target` names, or "/" for anything else (another host, a script). */
export function safeTarget(target: unknown): string {
  if (typeof target !== 'string' || !/^\/(?![/\\])/u.test(target)) return '/'
  return target.startsWith('/sign-in') || target.startsWith('/setup') ? '/' : target
}
