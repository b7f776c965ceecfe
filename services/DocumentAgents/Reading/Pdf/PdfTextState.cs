namespace DocumentAgents.Reading.Pdf;

/// <summary>The part of the graphics state that decides where text stands.</summary>
internal sealed record PdfTextState
{
    public PdfMatrix Transformation { get; init; } = PdfMatrix.Identity;

    public PdfFont? Font { get; init; }

    public double Size { get; init; }

    public double CharacterSpacing { get; init; }

    public double WordSpacing { get; init; }

    public double HorizontalScale { get; init; } = 1;

    public double Leading { get; init; }

    public double Rise { get; init; }
}
