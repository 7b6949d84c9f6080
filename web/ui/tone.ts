// The few meanings a colour may have.

export type Tone = 'success' | 'warning' | 'error' | 'info' | 'idle'
