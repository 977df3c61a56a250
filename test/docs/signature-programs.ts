/** A program that verifies calls with a snippet: it reads `=body =header =secret now` from each line, the texts as base64, and prints `true` or `false`. */
export interface SignatureProgram {
  /** Of the fenced block. */
  readonly language: string;
  readonly interpreter: string;
  readonly file: string;
  /** Returns the program around the snippet. */
  create(this: void, snippet: string): string;
  readonly build?: readonly [string, ...string[]];
  readonly run: readonly [string, ...string[]];
}

const php = `
while ($line = fgets(STDIN)) {
    [$body, $header, $secret, $now] = explode(' ', trim($line));
    [$body, $header, $secret] = array_map(fn($text) => base64_decode(substr($text, 1)), [$body, $header, $secret]);
    echo is_signed($body, $header, $secret, (int) $now) ? "true\\n" : "false\\n";
}`;

const python = `
import base64, sys
for line in sys.stdin:
    *texts, now = line.split()
    body, header, secret = [base64.b64decode(text[1:]) for text in texts]
    print("true" if is_signed(body, header.decode(), secret.decode(), int(now)) else "false")
`;

const csharp = `
public static class Program
{
    static byte[] Read(string text) { return Convert.FromBase64String(text.Substring(1)); }

    public static void Main()
    {
        string line;
        while ((line = Console.ReadLine()) != null)
        {
            var parts = line.Split(' ');
            var valid = Signatures.IsSigned(Read(parts[0]), Encoding.UTF8.GetString(Read(parts[1])), Encoding.UTF8.GetString(Read(parts[2])), long.Parse(parts[3]));
            Console.WriteLine(valid ? "true" : "false");
        }
    }
}`;

// `java <file>` runs the first class of the file.
const java = `
final class Program {
    static byte[] read(String text) { return java.util.Base64.getDecoder().decode(text.substring(1)); }

    public static void main(String[] args) throws Exception {
        for (var line : new String(System.in.readAllBytes(), UTF_8).split("\\n")) {
            var parts = line.split(" ");
            System.out.println(Signatures.isSigned(read(parts[0]), new String(read(parts[1]), UTF_8), new String(read(parts[2]), UTF_8), Long.parseLong(parts[3])));
        }
    }
}
`;

export const programs: readonly SignatureProgram[] = [
  { language: 'php', interpreter: 'php', file: 'program.php', create: (snippet) => snippet + php, run: ['php', 'program.php'] },
  { language: 'python', interpreter: 'python3', file: 'program.py', create: (snippet) => snippet + python, run: ['python3', 'program.py'] },
  {
    language: 'csharp',
    interpreter: 'mcs',
    file: 'Program.cs',
    create: (snippet) => snippet + csharp,
    build: ['mcs', 'Program.cs'],
    run: ['mono', 'Program.exe'],
  },
  {
    language: 'java',
    interpreter: 'java',
    file: 'Program.java',
    create: (snippet) => snippet.replace(/^final class/m, `${java}\nfinal class`),
    run: ['java', 'Program.java'],
  },
];
