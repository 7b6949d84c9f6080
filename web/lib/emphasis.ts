// Texts with **bold** parts, without any markup language.

export interface Piece {
  text: string
  strong: boolean
}

/** "Open **Provisioning**" becomes two pieces, the second one strong. */
export function emphasisPieces(text: string): Piece[] {
  return text
    .split('**')
    .map((part, index) => ({ text: part, strong: index % 2 === 1 }))
    .filter(piece => piece.text !== '')
}
