namespace Orchestration.Domain.Plans;

/// <summary>Whether a problem stops a plan.</summary>
public enum ProblemSeverity
{
    /// <summary>The plan is refused.</summary>
    Error,

    /// <summary>The plan is accepted; the author should look at it.</summary>
    Warning,
}

/// <summary>One thing wrong with a plan or its inputs.</summary>
/// <param name="Severity">Whether it stops the plan.</param>
/// <param name="Code">Stable code from <see cref="ProblemCode"/>.</param>
/// <param name="Path">Where in the document, for example <c>steps[3].dependsOn[0]</c>; empty for the document itself.</param>
/// <param name="Line">Line in the document from 1; 0 when there is no document.</param>
/// <param name="Column">Column in the line from 1, in UTF-16 characters; 0 when there is no document.</param>
/// <param name="Message">What is wrong and how to mend it.</param>
public sealed record Problem(ProblemSeverity Severity, string Code, string Path, int Line, int Column, string Message)
{
    /// <summary>For logs: line, column, path and message.</summary>
    public override string ToString() => $"{Line}:{Column} {Path}: {Message} ({Code})";
}
