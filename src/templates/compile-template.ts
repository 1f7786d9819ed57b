import type Handlebars from 'handlebars';
import { TemplateError, faultIn } from './template-error';

interface Precompiled {
  readonly code: string;
  readonly map: string;
}

type Options = PrecompileOptions & { readonly noEscape?: boolean };

/**
 * A template that is compiled when it is first needed. Node is told where its code comes from, as with the TypeScript: what fails in it
 * names the line of the template, in the stack of whatever is thrown below it too, such as that a helper or a partial is missing.
 *
 * @param file the absolute path of the template
 * @returns a function that throws {@link TemplateError} when the template does not compile
 */
export function compileTemplate<Data = object>(
  handlebars: typeof Handlebars,
  source: string,
  file: string,
  options: Options = {},
): Handlebars.TemplateDelegate<Data> {
  let compiled: Handlebars.TemplateDelegate<Data> | undefined;
  return function render(data, runtimeOptions) {
    compiled ??= handlebars.template<Data>(specification());
    return compiled(data, runtimeOptions);

    /** Handlebars would make a function of the same code, without a source map. */
    function specification(): TemplateSpecification {
      const { code, map } = precompiled();
      const url = `data:application/json;base64,${Buffer.from(map).toString('base64')}`;
      const script = `(${code})\n//# sourceURL=${file}\n//# sourceMappingURL=${url}`;
      return (0, eval)(script) as TemplateSpecification;
    }

    function precompiled(): Precompiled {
      try {
        // With a name for the source it returns a source map as well, which its types do not know.
        return handlebars.precompile(source, { ...options, srcName: file }) as unknown as Precompiled;
      } catch (error) {
        throw new TemplateError(faultIn(source, error as Error), file, render);
      }
    }
  };
}
