/**
 * Loads a piece of the page when it is wanted: what it is made of stands in the single file as a block of text, and beside the page in a
 * folder. A piece leaves a global.
 */

/** Resolves when its script has run; that of the single file has when this returns. */
export function loadPiece(name: string): Promise<void> {
  const text = document.getElementById(name)?.textContent
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    if (typeof text === 'string') script.textContent = text
    else {
      script.src = `${name}.js`
      script.onload = () => resolve()
      script.onerror = () => reject(new Error(`${name}.js could not be loaded`))
    }
    document.head.append(script)
    // A script whose text is there is run at once.
    if (typeof text === 'string') resolve()
  })
}
