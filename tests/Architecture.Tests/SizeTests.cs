using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Architecture.Tests;

public sealed class SizeTests
{
    private const int FileLimit = 350;
    private const int TestFileLimit = 600;
    private const int MethodLimit = 60;
    private const int WorkflowBodyLimit = 90;
    private const int TypeLimit = 300;
    private const int ConstructorParameters = 6;

    [Fact]
    public void Files_StayWithinTheirBudget()
        => None.Of(Repository.Sources
            .Where(file => file.Lines > (file.IsTest ? TestFileLimit : FileLimit))
            .Select(file => $"{file.Path}: {file.Lines} lines"));

    [Fact]
    public void Methods_StayWithinTheirBudget()
        => None.Of(from file in Repository.Sources
                        from method in file.Syntax.DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
                        let lines = Lines(method)
                        where lines > (file.Path.Contains("/Workflows/", StringComparison.Ordinal) ? WorkflowBodyLimit : MethodLimit)
                        select $"{file.Path}:{SourceFile.LineOf(method)}: {lines} lines");

    [Fact]
    public void Types_StayWithinTheirBudget()
        => None.Of(from file in Repository.Sources
                        where !file.IsTest
                        from type in file.Syntax.DescendantNodes().OfType<TypeDeclarationSyntax>()
                        let lines = Lines(type)
                        where lines > TypeLimit
                        select $"{file.Path}:{SourceFile.LineOf(type)}: {type.Identifier} has {lines} lines");

    [Fact]
    public void Constructors_TakeFewParameters()
        => None.Of(from file in Repository.Sources
                        where !file.IsTest && !file.Path.StartsWith("sdk/Grpc.", StringComparison.Ordinal)
                            && !file.Path.StartsWith("sdk/Dapr.", StringComparison.Ordinal)
                        from type in file.Syntax.DescendantNodes().OfType<ClassDeclarationSyntax>()
                        from parameters in Constructors(type)
                        where parameters > ConstructorParameters
                        select $"{file.Path}:{SourceFile.LineOf(type)}: {type.Identifier} takes {parameters}");

    private static IEnumerable<int> Constructors(ClassDeclarationSyntax type) =>
    [
        type.ParameterList?.Parameters.Count ?? 0,
        .. type.Members.OfType<ConstructorDeclarationSyntax>()
            .Where(constructor => !constructor.Modifiers.Any(modifier => modifier.ValueText == "private"))
            .Select(constructor => constructor.ParameterList.Parameters.Count),
    ];

    private static int Lines(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
