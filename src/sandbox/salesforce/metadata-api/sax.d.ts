/** The part of the strict, namespace-aware parser that the Metadata API uses. */
declare module 'sax' {
  interface QualifiedAttribute { name: string; value: string; local: string; prefix: string; uri: string }
  interface QualifiedTag { name: string; local: string; prefix: string; uri: string; attributes: Record<string, QualifiedAttribute>; isSelfClosing: boolean }
  interface SAXParser {
    line: number;
    column: number;
    error: Error | null;
    onerror: (error: Error) => void;
    onopentag: (tag: QualifiedTag) => void;
    onclosetag: (name: string) => void;
    ontext: (text: string) => void;
    oncdata: (text: string) => void;
    ondoctype: (doctype: string) => void;
    write(text: string): SAXParser;
    close(): SAXParser;
  }
  const sax: { parser(strict: boolean, options?: { xmlns?: boolean; position?: boolean; trim?: boolean }): SAXParser };
  export default sax;
}
