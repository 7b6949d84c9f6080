// What stands behind a method and a path.
import type { Answer, AuthenticatedCall, Call } from './call.ts'
import type { ScimDoorSettings } from './settings.ts'

export type Handler = (call: AuthenticatedCall, settings: ScimDoorSettings) => Promise<Answer>
export type PublicHandler = (call: Call, settings: ScimDoorSettings) => Answer | Promise<Answer>

/** `public` endpoints need no token (RFC 7643 section 5). */
export type Endpoint =
  | { readonly access: 'public'; readonly handle: PublicHandler }
  | { readonly access: 'token'; readonly handle: Handler }

/** An endpoint with the variable parts of the path, or the methods that an OPTIONS asked for. */
export type Routed =
  | { readonly endpoint: Endpoint; readonly params: Readonly<Record<string, string>> }
  | { readonly allow: string }
