using System.Runtime.CompilerServices;
using DocumentAgents.CrossValidation;
using DocumentAgents.Facts;
using DocumentAgents.Processing;
using Xunit;

namespace Agents.Tests.Documents;

/// <summary>What the documents of the example say, read as a person reads them (DOC-03, DOC-04).</summary>
public class ExampleTests
{
    [Theory]
    [InlineData("contrat de prestation.html", "agreement_date", "2026-03-18")]
    [InlineData("contrat de prestation.html", "effective_date", "2026-04-01")]
    [InlineData("contrat de prestation.html", "expiration_date", "2026-11-30")]
    [InlineData("Antrag Bewohnerparkausweis.docx", "filled", "true")]
    [InlineData("Antrag Bewohnerparkausweis.docx", "date", null)]
    [InlineData("library card application.html", "title", "Application form: library card")]
    [InlineData("library card application.html", "filled", "false")]
    [InlineData("ansogning kolonihave.txt", "title", "Ansøgning om kolonihave")]
    [InlineData("Devis D-2026-041.docx", "payable", "5170.00")]
    [InlineData("Angebot AN-2026-0087.pdf", "net_total", "10042.00")]
    [InlineData("Kontoudskrift Q1 2026.xlsx", "start_date", "2026-01-01")]
    [InlineData("checking-export.qif", "start_date", "2026-04-01")]
    [InlineData("checking-export.qif", "end_date", "2026-04-18")]
    [InlineData("letselschadeformulier.pdf", "date", null)]
    [InlineData("letselschadeformulier.pdf", "loss_date", "2026-02-14")]
    [InlineData("letselschadeformulier.pdf", "policy_number", "WO-2210-88419")]
    [InlineData("letselschadeformulier.pdf", "claim_number", "2026-031774")]
    [InlineData("letselschadeformulier.pdf", "total", "1240.00")]
    [InlineData("CV_Amelie_Thornbury.pdf", "city", "Leeds")]
    [InlineData("CV_Amelie_Thornbury.pdf", "employers", "Thistledown Analytics Ltd; Northmoor Digital; Wharfedale University")]
    [InlineData("CV_Amelie_Thornbury.pdf", "institutions", "Wharfedale University; University of Caerwyn")]
    [InlineData("kassabon fietsenwinkel.txt", "number", "26-10733")]
    [InlineData("kassabon fietsenwinkel.txt", "address", "Zuiderhagen 61, Enschede")]
    [InlineData("packing slip 7741.txt", "currency", null)]
    public void Process_Example_FindsWhatItSays(string file, string field, string? expected)
    {
        var found = Read(file).All(field).Select(value => value.Value).ToList();

        Assert.Equal(expected, found.Count == 0 ? null : string.Join("; ", found));
    }

    [Theory]
    [InlineData("Bon de commande BC-1187.pdf", 0, "1.80", "seller:PAP-VEL-A2", "Papier vélin 250 g, A2, la feuille")]
    [InlineData("PO-7741.csv", 2, "9.25", "seller:TC-WAX", "Wax bar, tin of 200 g")]
    [InlineData("PO-8812 Harbourlight.xlsx", 2, "65", "seller:PPW-PLATE", "Plate making")]
    public void Process_ExampleWithLines_ReadsPriceNumberAndName(string file, int line, string price, string article, string item)
    {
        var found = Read(file).Lines[line];

        Assert.Equal(price, Amount.Text(found.UnitPrice!.Value));
        Assert.Equal((article, item), (Assert.Single(found.Articles), Assert.Single(found.Items)));
    }

    [Fact]
    public void Validate_AllExamples_DisagreeOnlyWhereTheReadmeSays()
    {
        List<BatchDocument> batch =
        [
            .. Directory.GetFiles(Folder()).Order(StringComparer.Ordinal).Select(path => Processed(Path.GetFileName(path)))
                .Where(document => document.Extraction is not null)
                .Select(document => new BatchDocument(document.File, document.Extraction!)),
        ];

        var result = CrossValidator.Validate(batch, null, TestContext.Current.CancellationToken);

        Assert.Equal(
            ["Rechnung_RE-2026-10442.xml", "factuur VH-2026-118_nieuw rekeningnummer.xml"],
            result.Relations.Where(relation => !relation.Differences.IsEmpty).Select(relation => relation.File));
        Assert.Empty(result.OverbilledOrders);
        Assert.Contains(
            result.Relations,
            relation => relation is { File: "Re Liefertermin Bestellung 4711-26.eml", RefersTo: "Bestellung 4711-26.pdf" });
    }

    private static Extraction Read(string file) => Processed(file).Extraction!;

    private static ProcessedDocument Processed(string file) =>
        DocumentProcessor.Process(file, File.ReadAllBytes(Path.Combine(Folder(), file)), TestContext.Current.CancellationToken);

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "examples", "documents", "files"));
}
