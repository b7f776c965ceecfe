namespace DocumentAgents.Reading.Pdf;

/// <summary>Runs the content of a page as far as text is concerned and hands every glyph to a <see cref="PdfRunCollector"/>.</summary>
internal sealed class PdfContentReader(PdfFile file, PdfRunCollector runs)
{
    private const int MaxSavedStates = 512;
    private const int MaxOperands = 4096;
    private readonly Stack<PdfTextState> saved = new();
    private readonly Stack<bool> replacements = new();
    private PdfTextState state = new();
    private PdfMatrix text = PdfMatrix.Identity;
    private PdfMatrix line = PdfMatrix.Identity;

    public void Read(PdfPage page)
    {
        state = new PdfTextState { Transformation = page.ToUpright };
        saved.Clear();
        Run(PageContent(page), page.Resources, 0);
        runs.EndReplacement();
        foreach (var appearance in PdfAppearances.Of(page, file))
        {
            state = new PdfTextState { Transformation = page.ToUpright };
            RunForm(appearance.Form, appearance.Placement, page.Resources, 0);
        }
    }

    private byte[] PageContent(PdfPage page)
    {
        var contents = file.Resolve(page.Dictionary["Contents"]);
        if (contents is null && page.Dictionary["Contents"] is PdfReference && file.IsRepaired)
        {
            throw ReadException.Malformed("the content of a page is missing: the file is cut off");
        }

        var streams = contents is PdfArray array ? array.Items.Select(file.Resolve) : [contents];
        var joined = new MemoryStream();
        foreach (var stream in streams.OfType<PdfStream>())
        {
            joined.Write(PdfFilters.Decode(stream, file) ?? []);
            joined.WriteByte((byte)'\n');
            file.Budget.Scan(stream.Raw.Length);
            if (joined.Length > int.MaxValue / 2)
            {
                throw ReadException.Limit("the content of a page is too long");
            }
        }

        return joined.ToArray();
    }

    private void Run(byte[] content, PdfDictionary resources, int depth)
    {
        if (depth > file.Budget.MaxNesting)
        {
            throw ReadException.Limit($"forms nested deeper than {file.Budget.MaxNesting}");
        }

        file.Budget.Operate(1);
        file.Budget.Scan(content.Length);
        var operands = new List<PdfObject>();
        var lexer = new PdfLexer(content, 0, file.Budget);
        while (lexer.Next(references: false) is { } token)
        {
            if (token is not PdfWord word)
            {
                if (operands.Count < MaxOperands)
                {
                    operands.Add(token);
                }

                continue;
            }

            if (word.Value == "ID")
            {
                SkipImage(lexer);
            }
            else if (word.Value == "Do")
            {
                Draw(operands, resources, depth);
            }
            else if (!State(word.Value, operands, resources) && !Position(word.Value, operands))
            {
                Show(word.Value, operands, resources);
            }

            operands.Clear();
        }
    }

    private bool State(string word, List<PdfObject> operands, PdfDictionary resources)
    {
        switch (word)
        {
            case "q" when saved.Count < MaxSavedStates:
                saved.Push(state);
                return true;
            case "Q" when saved.Count > 0:
                state = saved.Pop();
                return true;
            case "cm":
                state = state with { Transformation = Matrix(operands).Then(state.Transformation) };
                return true;
            case "Tf":
                state = state with { Font = Font(resources, Name(operands, 0)), Size = Number(operands, 1) };
                return true;
            case "gs":
                SetFromGraphicsState(resources, Name(operands, 0));
                return true;
            case "Tc":
                state = state with { CharacterSpacing = Number(operands, 0) };
                return true;
            case "Tw":
                state = state with { WordSpacing = Number(operands, 0) };
                return true;
            case "Tz":
                state = state with { HorizontalScale = Number(operands, 0) / 100 };
                return true;
            case "TL":
                state = state with { Leading = Number(operands, 0) };
                return true;
            case "Ts":
                state = state with { Rise = Number(operands, 0) };
                return true;
            default:
                return false;
        }
    }

    private bool Position(string word, List<PdfObject> operands)
    {
        switch (word)
        {
            case "BT":
                text = line = PdfMatrix.Identity;
                return true;
            case "Td":
                MoveLine(Number(operands, 0), Number(operands, 1));
                return true;
            case "TD":
                state = state with { Leading = -Number(operands, 1) };
                MoveLine(Number(operands, 0), Number(operands, 1));
                return true;
            case "Tm":
                text = line = Matrix(operands);
                return true;
            case "T*":
                MoveLine(0, -state.Leading);
                return true;
            default:
                return false;
        }
    }

    private void Show(string word, List<PdfObject> operands, PdfDictionary resources)
    {
        switch (word)
        {
            case "Tj":
                ShowString(operands.LastOrDefault());
                break;
            case "'":
                MoveLine(0, -state.Leading);
                ShowString(operands.LastOrDefault());
                break;
            case "\"":
                state = state with { WordSpacing = Number(operands, 0), CharacterSpacing = Number(operands, 1) };
                MoveLine(0, -state.Leading);
                ShowString(operands.LastOrDefault());
                break;
            case "TJ":
                ShowArray(operands.LastOrDefault() as PdfArray);
                break;
            case "BDC" or "BMC":
                BeginMarked(operands, resources);
                break;
            case "EMC" when replacements.TryPop(out var replaced) && replaced:
                runs.EndReplacement();
                break;
        }
    }

    private void BeginMarked(List<PdfObject> operands, PdfDictionary resources)
    {
        var properties = operands.LastOrDefault() switch
        {
            PdfDictionary dictionary => dictionary,
            PdfName name => file.Get<PdfDictionary>(file.Get<PdfDictionary>(resources, "Properties"), name.Value),
            _ => null,
        };
        var actual = operands.Count > 1 ? file.Get<PdfString>(properties, "ActualText") : null;
        if (replacements.Count < MaxSavedStates)
        {
            replacements.Push(actual is not null && runs.BeginReplacement(actual.Text));
        }
    }

    private void ShowArray(PdfArray? array)
    {
        foreach (var item in array?.Items ?? [])
        {
            if (item is PdfNumber adjustment)
            {
                text = PdfMatrix.Move(-adjustment.Value / 1000 * state.Size * state.HorizontalScale, 0).Then(text);
            }
            else
            {
                ShowString(item);
            }
        }
    }

    private void ShowString(PdfObject? value)
    {
        if (value is not PdfString { Bytes: var bytes } || state.Font is null)
        {
            return;
        }

        file.Budget.Operate(bytes.Length);
        foreach (var character in state.Font.Read(bytes))
        {
            var origin = new PdfMatrix(state.Size * state.HorizontalScale, 0, 0, state.Size, 0, state.Rise).Then(text).Then(state.Transformation);
            var spacing = state.CharacterSpacing + (character.IsSpace ? state.WordSpacing : 0);
            runs.Add(character, origin);
            text = PdfMatrix.Move((character.Width * state.Size + spacing) * state.HorizontalScale, 0).Then(text);
        }
    }

    private void MoveLine(double x, double y) => text = line = PdfMatrix.Move(x, y).Then(line);

    private void Draw(List<PdfObject> operands, PdfDictionary resources, int depth)
    {
        var external = file.Get<PdfDictionary>(resources, "XObject");
        if (Name(operands, 0) is { } name && file.Get<PdfStream>(external, name) is { } form && file.Name(form.Dictionary, "Subtype") == "Form")
        {
            RunForm(form, PdfMatrix.Identity, resources, depth);
        }
    }

    private void RunForm(PdfStream form, PdfMatrix placement, PdfDictionary resources, int depth)
    {
        if (PdfFilters.Decode(form, file) is not { } content)
        {
            return;
        }

        var (before, beforeText, beforeLine, count) = (state, text, line, saved.Count);
        var matrix = PdfMatrix.From(file.Get<PdfArray>(form.Dictionary, "Matrix"), file);
        state = state with { Transformation = matrix.Then(placement).Then(state.Transformation) };
        Run(content, file.Get<PdfDictionary>(form.Dictionary, "Resources") ?? resources, depth + 1);
        while (saved.Count > count)
        {
            saved.Pop();
        }

        (state, text, line) = (before, beforeText, beforeLine);
    }

    private void SetFromGraphicsState(PdfDictionary resources, string? name)
    {
        var graphics = name is null ? null : file.Get<PdfDictionary>(file.Get<PdfDictionary>(resources, "ExtGState"), name);
        if (file.Get<PdfArray>(graphics, "Font") is { Items: [var font, PdfNumber size] } && file.Resolve(font) is PdfDictionary dictionary)
        {
            state = state with { Font = file.Font(dictionary), Size = size.Value };
        }
    }

    private PdfFont? Font(PdfDictionary resources, string? name)
    {
        var entry = name is null ? null : file.Get<PdfDictionary>(resources, "Font")?[name];
        if (file.Resolve(entry) is PdfDictionary dictionary)
        {
            return file.Font(dictionary);
        }

        return entry is PdfReference && file.IsRepaired ? throw ReadException.Malformed("a font is missing: the file is cut off") : null;
    }

    // The data of an inline image ends at EI between blanks.
    private static void SkipImage(PdfLexer lexer)
    {
        for (var at = lexer.Position + 1; lexer.Data.AsSpan(Math.Min(at, lexer.Data.Length)).IndexOf("EI"u8) is var found and >= 0;)
        {
            at += found + 2;
            if (PdfLexer.IsBlank(lexer.Data[at - 3]) && (at >= lexer.Data.Length || PdfLexer.IsBlank(lexer.Data[at])))
            {
                lexer.Position = at;
                return;
            }
        }

        lexer.Position = lexer.Data.Length;
    }

    private static double Number(List<PdfObject> operands, int index) =>
        operands.ElementAtOrDefault(index) is PdfNumber number ? number.Value : 0;

    private static string? Name(List<PdfObject> operands, int index) => index < operands.Count ? (operands[index] as PdfName)?.Value : null;

    private static PdfMatrix Matrix(List<PdfObject> operands) => new(
        Number(operands, 0), Number(operands, 1), Number(operands, 2), Number(operands, 3), Number(operands, 4), Number(operands, 5));
}
