using System.Diagnostics;
using DocumentAgents.Processing;

namespace DocumentAccuracy;

/// <summary>Processes every labelled file and says how much of it was right.</summary>
internal static class AccuracyRun
{
    private const string Usage = """
        Measures type, field, relation and error accuracy of the document agents on files with known truth.

          dotnet run --project tests/DocumentAccuracy -- --data FOLDER [--json FILE] [--show FILE] [--lines FILE]

          --data FOLDER   holds labels.csv and, if there are relations to check, relations.csv; paths in them are relative to it
          --json FILE     writes all figures and misses as JSON
          --show FILE     prints everything found in one file, and nothing else
          --lines FILE    prints the lines the rules see of one file, and nothing else

        Exit code 1 when a figure is below its target, 2 for wrong arguments.
        """;

    public static int Run(string[] args)
    {
        if (Options.Parse(args) is not { } options)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        if (options.Lines is { } lines)
        {
            Dump.WriteLines(Path.GetFileName(lines), File.ReadAllBytes(Path.Combine(options.Data, lines)));
            return 0;
        }

        if (options.Show is { } show)
        {
            Dump.Write(Process(options.Data, show));
            return 0;
        }

        var clock = Stopwatch.StartNew();
        var labels = Label.Read(options.Data);
        var documents = labels.ToDictionary(label => label.File, label => Process(options.Data, label.File));
        var figures = Figures.Of(labels, documents, clock.Elapsed) with
        {
            Relations = RelationFigures.Of(RelationLabel.Read(options.Data), documents),
        };
        TextReport.Write(figures, Console.Out);
        if (options.Json is { } json)
        {
            JsonReport.Write(figures, json);
        }

        return figures.Passed ? 0 : 1;
    }

    private static ProcessedDocument Process(string folder, string file) =>
        DocumentProcessor.Process(Path.GetFileName(file), File.ReadAllBytes(Path.Combine(folder, file)), CancellationToken.None) with
            { File = file };
}
