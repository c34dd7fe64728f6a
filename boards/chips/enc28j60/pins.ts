import { addObserver, Listeners, type ObserverListeners } from '../../../firmware/hal/listeners.js'

/** Who watches the chip's pins: a trace. Every hook is optional, and none of them is called when nobody watches. */
export interface PinObserver {
  /** CS level. */
  chipSelect?(high: boolean): void
  /**
   * One octet has crossed the SPI at this instant. `miso` is undefined while SO was not driven. `byEdges`: each of its edges
   * was notified of by `edge`.
   */
  exchange?(mosi: number, miso: number | undefined, byEdges?: boolean): void
  /** SCK, SI and SO of the pin-edge front end; SO is undefined while not driven. */
  edge?(pin: 'SCK' | 'SI' | 'SO', high: boolean | undefined): void
  interrupt?(high: boolean): void
  reset?(high: boolean): void
  /** Is the LED lit? */
  led?(which: 'LEDA' | 'LEDB', lit: boolean): void
  /** CLKOUT's frequency from now on, Hz; 0 while the pin rests low. */
  clkout?(hertz: number): void
}

/** All who watch one chip's pins. */
export class PinListeners implements ObserverListeners<PinObserver> {
  readonly chipSelect = new Listeners<[high: boolean]>()
  readonly exchange = new Listeners<[mosi: number, miso: number | undefined, byEdges?: boolean]>()
  readonly edge = new Listeners<[pin: 'SCK' | 'SI' | 'SO', high: boolean | undefined]>()
  readonly interrupt = new Listeners<[high: boolean]>()
  readonly reset = new Listeners<[high: boolean]>()
  readonly led = new Listeners<[which: 'LEDA' | 'LEDB', lit: boolean]>()
  readonly clkout = new Listeners<[hertz: number]>()
  #watched = 0

  /** Does nobody watch? */
  get idle(): boolean {
    return this.#watched === 0
  }

  /** Returns the function that unsubscribes the observer. */
  add(observer: PinObserver): () => void {
    const remove = addObserver<PinObserver>(this, observer)
    this.#watched++
    let watches = true
    return () => {
      if (watches) this.#watched--
      watches = false
      remove()
    }
  }
}
