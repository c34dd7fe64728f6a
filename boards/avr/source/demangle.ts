/**
 * Names of C++ functions as people write them, without their parameters (Itanium C++ ABI, 5.1 "External Names (a.k.a. Mangling)"): plain and nested names,
 * constructors, destructors, operators. What has anything else in it (templates, lambdas) stays as it is: a name that is shown is right.
 */

/** What GCC puts behind the name of a part or a variant of a function; it is the same function for who reads. */
const CLONE = /(?:\.(?:part|constprop|isra|cold|lto_priv)(?:\.\d+)*)+$/

/** 5.1.5 "Operator Encodings", those that are overloaded. */
const OPERATORS: ReadonlyMap<string, string> = new Map(
  [
    'nw new,na new[],dl delete,da delete[],ng -,ad &,de *,co ~,pl +,mi -,ml *,dv /,rm %,an &,or |,eo ^,aS =,pL +=,mI -=,mL *=,dV /=,rM %=,aN &=',
    'oR |=,eO ^=,ls <<,rs >>,lS <<=,rS >>=,eq ==,ne !=,lt <,gt >,le <=,ge >=,nt !,aa &&,oo ||,pp ++,mm --,pm ->*,pt ->,cl (),ix []',
  ]
    .flatMap((some) => some.split(','))
    .map((entry) => [entry.slice(0, 2), entry.slice(3)]),
)

export function readableName(symbol: string): string {
  const name = symbol.replace(CLONE, '') || symbol
  const mangled = name.startsWith('_Z') ? new MangledName(name, 2) : undefined
  return mangled?.read() ?? name
}

class MangledName {
  readonly #text: string
  #at: number

  constructor(text: string, at: number) {
    this.#text = text
    this.#at = at
  }

  /** @returns undefined where something stands in it that is not read here */
  read(): string | undefined {
    const parts = this.#take('N') ? this.#nested() : this.#plain()
    // What follows are the types of its parameters; arguments of a template would be part of the name.
    if (parts === undefined || this.#text[this.#at] === 'I') return undefined
    return parts.join('::')
  }

  /** 5.1.4: `N`, qualifiers of a member function, names, `E`. */
  #nested(): string[] | undefined {
    while (this.#take('r') || this.#take('V') || this.#take('K'));
    if (!this.#take('R')) this.#take('O')
    const parts: string[] = []
    if (this.#take('St')) parts.push('std')
    while (!this.#take('E')) {
      const part = this.#component(parts.at(-1))
      if (part === undefined) return undefined
      parts.push(part)
    }
    return parts.length > 0 ? parts : undefined
  }

  #plain(): string[] | undefined {
    const standard = this.#take('St')
    const name = this.#component(undefined)
    if (name === undefined) return undefined
    return standard ? ['std', name] : [name]
  }

  /** @param outer the name before it: what a constructor is called */
  #component(outer: string | undefined): string | undefined {
    this.#take('L') // of internal linkage
    const rest = this.#text.slice(this.#at)
    const source = /^[1-9]\d{0,3}/.exec(rest)
    if (source !== null) {
      const length = Number(source[0])
      const name = rest.slice(source[0].length, source[0].length + length)
      if (name.length < length) return undefined
      this.#at += source[0].length + length
      return name.startsWith('_GLOBAL__N') ? '(anonymous namespace)' : name
    }
    const special = /^([CD])\d/.exec(rest)
    if (special !== null && outer !== undefined) {
      this.#at += 2
      return special[1] === 'C' ? outer : `~${outer}`
    }
    const operator = OPERATORS.get(rest.slice(0, 2))
    if (operator === undefined) return undefined
    this.#at += 2
    return /^[a-z]/.test(operator) ? `operator ${operator}` : `operator${operator}`
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }
}
