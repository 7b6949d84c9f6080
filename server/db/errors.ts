// placeholder
export function classifyDatabaseError(_e: unknown): string {
  return 'unknown'
}
