using DocumentGenerator;

if (args is not [var target])
{
    Console.Error.WriteLine(
        "Writes the DOCX, XLSX and PDF files of the examples: dotnet run --project examples/documents/generator -- FOLDER");
    return 2;
}

Directory.CreateDirectory(target);
foreach (var source in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "sources"), "*.txt"))
{
    // "order.pdf.txt" is the source of "order.pdf".
    var name = Path.GetFileNameWithoutExtension(source);
    var lines = File.ReadAllLines(source);
    var bytes = Path.GetExtension(name) switch
    {
        ".pdf" => PdfSheet.Write(lines),
        ".docx" => WordFile.Write(lines),
        ".xlsx" => Workbook.Write(lines),
        var other => throw new InvalidDataException($"{source}: no way to write {other}."),
    };
    File.WriteAllBytes(Path.Combine(target, name), bytes);
}

return 0;
