using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Xunit;

namespace Sdk.Tests.Grpc;

/// <summary>The official assemblies find in the stand-ins every type and member they were compiled against.</summary>
public sealed class AssemblyReferenceTests
{
    /// <summary>More type arguments than any generic type or method in the assemblies has parameters.</summary>
    private static readonly Type[] Arguments = [.. Enumerable.Repeat(typeof(string), 8)];

    public static TheoryData<Type> Markers => [typeof(GrpcChannel), typeof(GrpcServiceOptions)];

    [Theory]
    [MemberData(nameof(Markers))]
    public void OfficialAssembly_AllTypes_Load(Type marker) => Assert.NotEmpty(marker.Assembly.GetTypes());

    [Theory]
    [MemberData(nameof(Markers))]
    public void OfficialAssembly_AllReferences_Resolve(Type marker)
    {
        using var file = new PEReader(File.OpenRead(marker.Assembly.Location));
        var metadata = file.GetMetadataReader();
        var tokens = metadata.TypeReferences.Select(handle => (Handle: (EntityHandle)handle, Name: TypeName(metadata, handle)))
            .Concat(metadata.MemberReferences.Select(handle => (Handle: (EntityHandle)handle, Name: MemberName(metadata, handle))))
            .Where(reference => reference.Name.Contains("Grpc.", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(tokens);
        Assert.Empty(tokens.Where(reference => !Resolves(marker.Module, MetadataTokens.GetToken(reference.Handle)))
            .Select(reference => reference.Name));
    }

    private static bool Resolves(Module module, int token)
    {
        try
        {
            return module.ResolveMember(token, Arguments, Arguments) is not null;
        }
        catch (Exception error) when (error is MissingMemberException or TypeLoadException or FileNotFoundException)
        {
            return false;
        }
    }

    private static string TypeName(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{TypeName(metadata, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : name;
    }

    private static string MemberName(MetadataReader metadata, MemberReferenceHandle handle)
    {
        var member = metadata.GetMemberReference(handle);
        var owner = member.Parent.Kind switch
        {
            HandleKind.TypeReference => TypeName(metadata, (TypeReferenceHandle)member.Parent),
            HandleKind.TypeSpecification => GenericName(metadata, (TypeSpecificationHandle)member.Parent),
            _ => "",
        };
        return $"{owner}.{metadata.GetString(member.Name)}";
    }

    private static string GenericName(MetadataReader metadata, TypeSpecificationHandle handle)
    {
        var blob = metadata.GetBlobReader(metadata.GetTypeSpecification(handle).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return "";
        }

        blob.ReadCompressedInteger();
        return blob.ReadTypeHandle() is { Kind: HandleKind.TypeReference } type ? TypeName(metadata, (TypeReferenceHandle)type) : "";
    }
}
